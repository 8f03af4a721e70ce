package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.pair.AmbientMesh;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.OwnNode;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What no policy decides: traffic that is exempt, that takes several ways, or that the API leaves open. */
public final class BeyondPolicies {
    private BeyondPolicies() {}

    /** The other ways that the traffic may take: with an alternative in place of an end, or through the mesh's tunnel. */
    public static List<Pair> otherWays(Snapshot cluster, Pair pair) {
        List<Pair> ways = new ArrayList<>();
        pair.alternatives().forEach(alternative -> ways.add(pair.with(alternative)));
        AmbientMesh.tunnelled(cluster, pair).ifPresent(ways::add);
        return ways;
    }

    /**
     * What keeps an isolated side that no rule opens from being surely closed. Whoever comes from a node may come from the pod's
     * own. Who goes to a node's address goes to another node, but where there is only one: a workload is not bound to a node.
     */
    public static Optional<Doubt.LeftOpen.Question> leftOpen(Snapshot cluster, Direction direction, Pair pair) {
        if (!pair.traffic().protocol().isInPolicies()) {
            return Optional.of(Doubt.LeftOpen.Question.PROTOCOL_NOT_IN_API);
        }
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        if (!OwnNode.mayBe(cluster, direction, other, pair.traffic().route())) {
            return Optional.empty();
        }
        boolean isNode = other.match(pods -> true, Endpoint.Addresses::ofNode);
        return Optional.of(isNode ? Doubt.LeftOpen.Question.NODE_TRAFFIC : Doubt.LeftOpen.Question.SOURCE_MAY_BE_NODE);
    }

    /** Where policies of several kinds are asked in turn, each step knows by itself what it says of a protocol without ports. */
    public static boolean isOfNodes(Doubt.LeftOpen.Question question) {
        return question != Doubt.LeftOpen.Question.PROTOCOL_NOT_IN_API;
    }

    /** A pod cannot be cut off from itself (SEMANTICS I15); through its own Service the plugin decides (N6). */
    public static boolean isExempt(Snapshot cluster, Pair pair) {
        return pair.isOnePodWithItself()
                && pair.traffic()
                        .route()
                        .match(() -> true, via -> cluster.cni().exemptsHairpin().isYes());
    }

    public static List<ObjectRef> otherPolicies(PolicyView policies, Pair pair) {
        return Stream.of(pair.source(), pair.destination())
                .flatMap(end -> otherPolicies(policies.ruled(), end).stream())
                .distinct()
                .toList();
    }

    /** The policies that are not evaluated and may decide about the traffic of that end. */
    public static List<ObjectRef> otherPolicies(RuledPolicies ruled, Endpoint end) {
        if (end.isOnNode()) {
            return ruled.unclearOnNodes();
        }
        return end.match(pods -> ruled.unclear(pods.workload().namespace()), addresses -> List.of());
    }
}
