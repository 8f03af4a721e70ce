package dev.flowguard.policy.calico;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.stream.Collectors;

/** Label selectors of Kubernetes in Calico's language. */
final class CalicoSelectors {
    private static final String EVERYTHING = "all()";

    private CalicoSelectors() {}

    /** Whether every value can be put between quotes, of which there are two sorts and no escapes (K28). */
    static boolean canSay(LabelSelector selector) {
        return selector.requirements().stream()
                .flatMap(requirement -> requirement.values().stream())
                .allMatch(value -> value.indexOf('\'') < 0);
    }

    static CalicoSelector of(LabelSelector selector) {
        return CalicoSelector.parse(selector.requirements().stream()
                .map(CalicoSelectors::term)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" && "), text -> text.isEmpty() ? EVERYTHING : text)));
    }

    /** A namespace by its name has a label of Calico's own for that. */
    static CalicoSelector ofNamespaces(LabelSelector namespaces) {
        return CalicoSelector.parse(namespaces.requirements().stream()
                .map(requirement -> requirement.key().equals(LabelSelector.NAMESPACE_NAME)
                        ? new Requirement(CalicoLabels.NAME, requirement.operator(), requirement.values())
                        : requirement)
                .map(CalicoSelectors::term)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" && "), text -> text.isEmpty() ? EVERYTHING : text)));
    }

    private static String term(Requirement requirement) {
        boolean one = requirement.values().size() == 1;
        String values =
                requirement.values().stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
        return switch (requirement.operator()) {
            case IN -> requirement.key() + (one ? " == " + values : " in {" + values + "}");
            case NOT_IN -> requirement.key() + (one ? " != " + values : " not in {" + values + "}");
            case EXISTS -> "has(" + requirement.key() + ")";
            case DOES_NOT_EXIST -> "!has(" + requirement.key() + ")";
        };
    }
}
