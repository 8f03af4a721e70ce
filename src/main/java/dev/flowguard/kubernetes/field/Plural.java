package dev.flowguard.kubernetes.field;

import java.util.Locale;

/** What kinds are called in the API server's paths. */
public final class Plural {
    private Plural() {}

    /** {@code networkpolicies} of NetworkPolicy, {@code pods} of Pod: the rule that all kinds follow whose paths are made here. */
    public static String of(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }
}
