package dev.flowguard.assess;

import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.PairVisitor;
import dev.flowguard.binding.Within;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * The same, of a NetworkPolicy beside policies of other kinds: on some plugins it matters to these that it selects a pod, in whichever
     * direction (OTHER-POLICIES T3).
     */
    public static Concern of(List<CompiledPolicy> versions, NamespaceShard shard, PolicyView policies, CniProfile cni) {
        if (policies.ruled().all().isEmpty()
                || cni.networkPoliciesEndBothDirections().isNo()) {
            return of(versions, shard);
        }
        WorkloadSet either = WorkloadSet.EMPTY;
        for (CompiledPolicy version : versions) {
            either = either.or(version.policy().isUnderstood() ? version.selected() : shard.podNetwork());
        }
        return new Concern(new Within.These(shard, either), new Within.These(shard, either));
    }

    /**
     * What policies of other kinds can touch, where they are in force before a change or after it and not both.
     *
     * @param cluster in which all pods are told apart that any of them tells apart
     */
    public static Concern between(RuledPolicies before, RuledPolicies after, Snapshot cluster) {
        List<RuledPolicy> changed = new ArrayList<>(before.notIn(after));
        changed.addAll(after.notIn(before));
        Set<String> unclearIn = new HashSet<>();
        before.unclearNotIn(after).forEach(object -> unclearIn.add(object.namespace()));
        after.unclearNotIn(before).forEach(object -> unclearIn.add(object.namespace()));
        EndsMatcher ends = new EndsMatcher(cluster);
        Map<Direction, Map<String, Within.These>> touched = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            Map<String, Within.These> selected = new HashMap<>();
            for (NamespaceShard shard : cluster.namespaces()) {
                WorkloadSet these = unclearIn.contains("") || unclearIn.contains(shard.name())
                        ? shard.podNetwork()
                        : selected(shard, changed, direction, ends);
                if (!these.isEmpty()) {
                    selected.put(shard.name(), new Within.These(shard, these));
                }
            }
            touched.put(direction, selected);
        }
        return new Concern(
                new Within.InSeveral(touched.getOrDefault(Direction.EGRESS, Map.of())),
                new Within.InSeveral(touched.getOrDefault(Direction.INGRESS, Map.of())));
    }

    private static WorkloadSet selected(
            NamespaceShard shard, List<RuledPolicy> changed, Direction direction, EndsMatcher ends) {
        List<RuledPolicy> here = changed.stream()
                .filter(policy -> policy.section(direction).isPresent())
                .filter(policy -> policy.ref().isClusterScoped()
                        || policy.ref().namespace().equals(shard.name()))
                .toList();
        return here.isEmpty()
                ? WorkloadSet.EMPTY
                : shard.keeping(
                        shard.podNetwork(),
                        workload -> here.stream()
                                .anyMatch(policy -> !ends.selects(policy.subject(), workload)
                                        .isNo()));
    }

    /** Whether nothing at all is touched. */
    public boolean isNothing() {
        return senders.isNobody() && receivers.isNobody();
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
