package dev.flowguard.testing;

import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * By which keys pods are told apart: those that a selector in the cluster names, and in the namespaces where they look those that
 * a policy names which is only considered.
 */
final class LiteralKeys {
    private final Set<String> everywhere = new HashSet<>();
    private final List<Policy> considered;
    private final Function<String, Labels> namespaceLabels;

    LiteralKeys(
            List<Policy> policies,
            List<Flow> flows,
            List<ServiceEntry> services,
            List<Policy> considered,
            Function<String, Labels> namespaceLabels) {
        this.considered = considered;
        this.namespaceLabels = namespaceLabels;
        policies.forEach(policy -> {
            everywhere.addAll(policy.podSelector().keys());
            peers(policy).forEach(peer -> everywhere.addAll(peer.pods().keys()));
        });
        flows.stream().flatMap(flow -> Stream.of(flow.from(), flow.to())).forEach(end -> {
            if (end instanceof FlowEnd.Pods selected) {
                everywhere.addAll(selected.pods().keys());
            }
        });
        services.forEach(service -> everywhere.addAll(service.selector().keySet()));
    }

    /** The labels of a pod by which something may tell it from another. */
    Labels told(String namespace, Labels perPod) {
        return perPod.keeping(key ->
                everywhere.contains(key) || considered.stream().anyMatch(policy -> looks(policy, namespace, key)));
    }

    private boolean looks(Policy policy, String namespace, String key) {
        boolean own = policy.ref().namespace().equals(namespace);
        return (own && policy.podSelector().keys().contains(key))
                || peers(policy)
                        .filter(peer -> peer.pods().keys().contains(key))
                        .anyMatch(peer -> peer.namespaces() instanceof NamespaceScope.Matching matching
                                ? LiteralSelector.matches(matching.selector(), namespaceLabels.apply(namespace))
                                : own);
    }

    private static Stream<Peer.Pods> peers(Policy policy) {
        return Stream.of(policy.ingress(), policy.egress())
                .filter(Policy.Section::isolates)
                .flatMap(section -> section.written().stream())
                .flatMap(rule -> rule.peers().stream())
                .filter(Peer.Pods.class::isInstance)
                .map(Peer.Pods.class::cast);
    }
}
