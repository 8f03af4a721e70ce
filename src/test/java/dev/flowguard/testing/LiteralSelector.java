package dev.flowguard.testing;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;

/** Label selectors, as the API describes their operators. */
final class LiteralSelector {
    private LiteralSelector() {}

    static boolean matches(LabelSelector selector, Labels labels) {
        return selector.requirements().stream().allMatch(requirement -> matches(requirement, labels));
    }

    private static boolean matches(Requirement requirement, Labels labels) {
        boolean has = labels.asMap().containsKey(requirement.key());
        boolean listed = has && requirement.values().contains(labels.asMap().get(requirement.key()));
        return switch (requirement.operator()) {
            case IN -> listed;
            case NOT_IN -> !listed;
            case EXISTS -> has;
            case DOES_NOT_EXIST -> !has;
        };
    }
}
