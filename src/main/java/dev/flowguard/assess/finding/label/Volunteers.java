package dev.flowguard.assess.finding.label;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.Set;

/**
 * Pods or namespaces that volunteer for a rule by a label that says nothing else: {@code orders-client: "true"},
 * {@code quarantine: "yes"}. A selector for them waits for whoever comes, so that nobody has come yet is no mistake.
 */
public final class Volunteers {
    private static final Set<String> AGREEMENT = Set.of("true", "yes", "on", "1", "enabled", "allow", "allowed");

    private Volunteers() {}

    public static boolean areAwaitedBy(LabelSelector selector) {
        return selector.requirements().stream().anyMatch(Volunteers::asksForAgreement);
    }

    /** Whether a label of that value says no more than that its object takes part. */
    static boolean isAgreement(String value) {
        return AGREEMENT.contains(value);
    }

    private static boolean asksForAgreement(Requirement requirement) {
        return switch (requirement.operator()) {
            case EXISTS -> true;
            case IN -> AGREEMENT.containsAll(requirement.values());
            case NOT_IN, DOES_NOT_EXIST -> false;
        };
    }
}
