package dev.flowguard.assess;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Direction;
import java.util.stream.Stream;

/**
 * What a change can touch at all: a pair can change only if its source is selected for egress, or its destination for ingress, by
 * one of the versions. Only such pairs are made, so the work grows with what the change touches and not with the cluster.
 */
record Concern(Within senders, Within receivers) {
    /** @param shard the namespace of the policy that is changed */
    static Concern of(Change change, NamespaceShard shard) {
        return new Concern(within(shard, change, Direction.EGRESS), within(shard, change, Direction.INGRESS));
    }

    /** Each pair of the flow once. */
    Stream<Pair> pairs(Flow flow, FlowBinding binding) {
        return Stream.concat(
                binding.pairs(flow, senders, Within.ANYWHERE),
                binding.pairs(flow, new Within.Others(senders), receivers));
    }

    private static Within within(NamespaceShard shard, Change change, Direction direction) {
        return new Within.These(
                shard,
                change.versions()
                        .map(version -> shard.compile(version).concerned(shard, direction))
                        .reduce(WorkloadSet.EMPTY, WorkloadSet::or));
    }
}
