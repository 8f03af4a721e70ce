package dev.flowguard.assess;

import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.PairVisitor;
import dev.flowguard.binding.Within;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Direction;
import java.util.List;

/**
 * What a change can touch at all: a pair can change only if its source is selected for egress, or its destination for ingress, by
 * one of the versions. Only such pairs are made, so the work grows with what the change touches and not with the cluster.
 */
public record Concern(Within senders, Within receivers) {
    /** Any pair may have changed. */
    public static final Concern EVERYTHING = new Concern(Within.ANYWHERE, Within.ANYWHERE);

    /**
     * @param versions of the policy that is changed
     * @param shard its namespace
     */
    public static Concern of(List<CompiledPolicy> versions, NamespaceShard shard) {
        return new Concern(within(shard, versions, Direction.EGRESS), within(shard, versions, Direction.INGRESS));
    }

    /**
     * Hands over each pair of the flow once.
     *
     * @return whether all were visited
     */
    public boolean forEach(Flow flow, FlowBinding binding, PairVisitor visitor) {
        return binding.forEach(flow, senders, Within.ANYWHERE, visitor)
                && binding.forEach(flow, new Within.Others(senders), receivers, visitor);
    }

    private static Within within(NamespaceShard shard, List<CompiledPolicy> versions, Direction direction) {
        WorkloadSet concerned = WorkloadSet.EMPTY;
        for (CompiledPolicy version : versions) {
            concerned = concerned.or(version.concerned(shard, direction));
        }
        return new Within.These(shard, concerned);
    }
}
