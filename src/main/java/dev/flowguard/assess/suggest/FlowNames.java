package dev.flowguard.assess.suggest;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for the flows of one contract: DNS labels, each used once. */
final class FlowNames {
    private static final int LONGEST = 63;

    /** Room for a number that tells equal names apart. */
    private static final int LONGEST_STEM = LONGEST - 4;

    private final Set<String> taken = new HashSet<>();

    /** @param words anything; what no label may hold becomes a dash */
    String name(String... words) {
        String plain = String.join("-", words)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String stem =
                plain.length() > LONGEST_STEM ? plain.substring(0, LONGEST_STEM).replaceAll("-+$", "") : plain;
        String name = stem;
        for (int i = 2; !taken.add(name); i++) {
            name = stem + "-" + i;
        }
        return name;
    }
}
