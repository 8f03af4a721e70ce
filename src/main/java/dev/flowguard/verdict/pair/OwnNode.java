package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Direction;

/** To and from the node that a pod runs on nothing is blocked. */
public final class OwnNode {
    private OwnNode() {}

    /** Whether the other end may be the node of the pod, to and from which nothing is blocked (SEMANTICS I16). */
    public static boolean mayBe(Snapshot cluster, Direction direction, Endpoint other, Route route) {
        return other.match(
                pods -> pods.workload().hostNetwork(),
                addresses -> direction == Direction.INGRESS
                        ? addresses.mayBeOwnNode(cluster) || !addresses.ofNode() && route.rewritesSource()
                        : addresses.ofNode() && cluster.hasOneNode());
    }
}
