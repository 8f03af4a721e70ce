package dev.flowguard.wording;

import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import java.util.Optional;

/** How an end of a declared flow reads in a sentence such as "no rule admits …". */
final class EndWording {
    private EndWording() {}

    /**
     * @param end as it was declared
     * @param name of the workload or address that it is in the pair spoken of
     * @param namespace the reader's
     */
    static String of(FlowEnd end, String name, String namespace) {
        return end.match(
                pods -> pods(pods, name, namespace),
                ownedBy -> name,
                service -> name,
                outside -> outside.cidr().toString(),
                wellKnown -> name);
    }

    private static String pods(FlowEnd.Pods end, String name, String namespace) {
        String pods = end.pods().selectsEverything() ? name : end.pods().toString();
        return end.pods().selectsEverything()
                ? pods
                : inNamespaces(end.namespaces(), namespace)
                        .map(where -> pods + " " + where)
                        .orElse(pods);
    }

    private static Optional<String> inNamespaces(LabelSelector namespaces, String namespace) {
        if (namespaces.equals(LabelSelector.namespaceNamed(namespace)) || namespaces.selectsEverything()) {
            return Optional.empty();
        }
        return Optional.of(where(namespaces));
    }

    /** {@code in namespace data}, {@code in namespaces with team=payments}. */
    static String where(LabelSelector namespaces) {
        return "in " + namespaces.namespaces();
    }
}
