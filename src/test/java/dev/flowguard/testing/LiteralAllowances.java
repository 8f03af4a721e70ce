package dev.flowguard.testing;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;

/** What simple NetworkPolicies allow, rule by rule: of peers by labels and ports by number. */
record LiteralAllowances(Snapshot cluster) {
    boolean allows(Policy policy, Direction direction, LiteralChains.End other, Protocol protocol, int port) {
        for (Rule rule : policy.rules(direction)) {
            boolean peer = rule.isForAnybody()
                    || rule.peers().stream()
                            .anyMatch(each -> isPeer(each, policy.ref().namespace(), other));
            boolean fits = rule.isForEveryPort()
                    || rule.ports().stream()
                            .anyMatch(each -> each.match(
                                    numbered -> numbered.protocol() == protocol
                                            && numbered.ports().contains(port),
                                    named -> false,
                                    every -> every.protocol() == protocol,
                                    unknown -> false));
            if (peer && fits) {
                return true;
            }
        }
        return false;
    }

    private boolean isPeer(Peer peer, String namespace, LiteralChains.End other) {
        return other.pod().isPresent()
                && peer.match(
                        pods -> pods.pods().matches(other.pod().get().labels())
                                && pods.namespaces()
                                        .match(
                                                () -> other.pod()
                                                        .get()
                                                        .namespace()
                                                        .equals(namespace),
                                                matching -> matching.selector()
                                                        .matches(namespaceOf(
                                                                other.pod().get()))),
                        block -> false,
                        unknown -> false);
    }

    private Labels namespaceOf(Workload pod) {
        return cluster.namespaceOrAssumed(pod.namespace()).entry().labels();
    }
}
