package dev.flowguard.assess;

import dev.flowguard.binding.AlikeVisitor;
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
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
        return between(before, after, cluster, Effort.unlimited());
    }

    /** @param effort after which what is found by then is all */
    static Concern between(RuledPolicies before, RuledPolicies after, Snapshot cluster, Effort effort) {
        List<RuledPolicy> changed = after.alteredSince(before);
        Set<String> unclearIn = new HashSet<>();
        before.unclearNotIn(after).forEach(object -> unclearIn.add(object.namespace()));
        after.unclearNotIn(before).forEach(object -> unclearIn.add(object.namespace()));
        EndsMatcher ends = new EndsMatcher(cluster);
        return new Concern(
                within(cluster, changed, Direction.EGRESS, unclearIn, ends, effort),
                within(cluster, changed, Direction.INGRESS, unclearIn, ends, effort));
    }

    private static Within within(
            Snapshot cluster,
            List<RuledPolicy> changed,
            Direction direction,
            Set<String> unclearIn,
            EndsMatcher ends,
            Effort effort) {
        Map<String, Within.These> touched = new HashMap<>();
        boolean someOnNodes = unclearIn.contains("");
        for (NamespaceShard shard : someOnNodes ? cluster.namespaces() : named(cluster, unclearIn)) {
            WorkloadSet these = someOnNodes ? shard.podNetwork().or(shard.hostNetwork()) : shard.podNetwork();
            touched.put(shard.name(), new Within.These(shard, these));
        }
        for (RuledPolicy policy : changed) {
            if (policy.section(direction).isPresent()) {
                boolean onNodes = policy.onNodes().mayBe(cluster.labelsOfNodes());
                someOnNodes |= onNodes;
                for (NamespaceShard shard : cluster.touchedBy(policy)) {
                    WorkloadSet these = shard.keeping(
                            shard.candidates(policy.subject()),
                            workload ->
                                    !ends.selects(policy.subject(), workload).isNo());
                    if (onNodes) {
                        these = these.or(shard.hostNetwork());
                    }
                    if (!these.isEmpty()) {
                        touched.merge(shard.name(), new Within.These(shard, these), Within.These::or);
                    }
                }
            }
        }
        Within workloads = new Within.InSeveral(touched);
        return someOnNodes ? new Within.WithAddresses(workloads) : workloads;
    }

    private static List<NamespaceShard> named(Snapshot cluster, Set<String> names) {
        return names.stream().flatMap(name -> cluster.namespace(name).stream()).toList();
    }

    /** The namespaces in which it touches anything. */
    Collection<NamespaceShard> namespaces() {
        Map<String, NamespaceShard> namespaces = new HashMap<>();
        Stream.of(senders, receivers)
                .flatMap(within -> within.named().stream())
                .forEach(shard -> namespaces.put(shard.name(), shard));
        return namespaces.values();
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

    /** Whether it would hand over more pairs than that, as far as can be told without looking at each. */
    public boolean isMoreThan(long most, Flow flow, FlowBinding binding) {
        return binding.isMoreThan(most, flow, senders, Within.ANYWHERE)
                || binding.isMoreThan(most, flow, new Within.Others(senders), receivers);
    }

    /** As {@link #forEach}, by classes where there are many pairs. */
    boolean forEachAlike(Flow flow, FlowBinding binding, Supplier<Optional<Classes>> classes, AlikeVisitor visitor) {
        return binding.forEachAlike(flow, senders, Within.ANYWHERE, classes, visitor)
                && binding.forEachAlike(flow, new Within.Others(senders), receivers, classes, visitor);
    }

    private static Within within(NamespaceShard shard, List<CompiledPolicy> versions, Direction direction) {
        WorkloadSet concerned = WorkloadSet.EMPTY;
        for (CompiledPolicy version : versions) {
            concerned = concerned.or(version.concerned(shard, direction));
        }
        return new Within.These(shard, concerned);
    }
}
