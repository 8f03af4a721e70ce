package dev.flowguard.wording;

import dev.flowguard.assess.PairAssessment;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
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
                wellKnown -> wellKnown(wellKnown)
                        .map(known -> known + " (" + name + ")")
                        .orElse(name));
    }

    /** What an end is called that is no pod; empty for others. */
    static Optional<String> wellKnown(FlowEnd end) {
        return end instanceof FlowEnd.WellKnown wellKnown
                ? switch (wellKnown.name()) {
                    case KUBERNETES_API -> Optional.of("the API server");
                    case NODES -> Optional.of("nodes");
                    case CLUSTER_DNS, DNS_CLIENTS -> Optional.empty();
                }
                : Optional.empty();
    }

    /** Somebody on the host network, who is seen as the addresses of nodes; anybody else as they are called. */
    static String onNodes(FlowEnd end, List<PairAssessment> pairs, String called) {
        boolean sendsFromNodes = end instanceof FlowEnd.OwnedBy
                && pairs.stream().anyMatch(each -> each.pair().source() instanceof Endpoint.Addresses);
        return sendsFromNodes
                ? ((FlowEnd.OwnedBy) end).owner().namespace() + "/"
                        + ((FlowEnd.OwnedBy) end).owner().name() + " (on the host network, " + called + ")"
                : called;
    }

    /** Whether the end is one and the same, however many addresses it has. */
    static boolean isOne(FlowEnd end) {
        return wellKnown(end).isPresent();
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
