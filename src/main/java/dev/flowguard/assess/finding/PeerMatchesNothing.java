package dev.flowguard.assess.finding;

import dev.flowguard.assess.Finding;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The podSelector of a peer matches no workload of the namespaces in its scope, so the peer opens nothing. */
final class PeerMatchesNothing implements Diagnosis {
    @Override
    public String id() {
        return "peer-matches-nothing";
    }

    @Override
    public Stream<Finding> examine(Examination examination) {
        Policy policy = examination.policy();
        return Stream.of(Direction.values())
                .flatMap(direction -> policy.rules(direction).stream()
                        .flatMap(rule -> IntStream.range(0, rule.peers().size())
                                .boxed()
                                .flatMap(i -> rule.peers()
                                        .get(i)
                                        .match(
                                                pods -> examine(
                                                        examination, pods, Examination.place(direction, rule, i)),
                                                block -> Stream.empty(),
                                                unknown -> Stream.empty()))));
    }

    private Stream<Finding> examine(Examination examination, Peer.Pods peer, String place) {
        List<NamespaceShard> scope = peer.namespaces()
                .match(
                        () -> List.of(examination.shard()),
                        matching -> examination.cluster().namespacesMatching(matching.selector()));
        boolean opensSomething = peer.pods().selectsEverything()
                || scope.isEmpty()
                || scope.stream().anyMatch(shard -> !shard.select(peer.pods()).isEmpty());
        if (opensSomething) {
            return Stream.empty();
        }
        String where = peer.namespaces()
                .match(
                        () -> "in " + examination.shard().name(),
                        matching -> matching.selector().selectsEverything()
                                ? "in any namespace"
                                : "in namespaces with " + matching.selector());
        return Stream.of(new Finding(
                id(),
                examination.policy().ref(),
                place + ".podSelector",
                "peer matches nothing: " + place + ": no pod " + where + " has " + peer.pods(),
                "The peer opens nothing until such a pod exists. If that is not intended, compare the selector with the"
                        + " labels that pods carry there, and check whether a namespaceSelector is missing: without one a"
                        + " peer speaks of the policy's own namespace only."));
    }
}
