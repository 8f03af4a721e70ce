package dev.flowguard.assess.repair;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Policy;
import dev.flowguard.verdict.Reachability;
import java.util.List;

/** Judges a repair before anybody is told of it. */
final class RepairCheck {
    private final Snapshot cluster;
    private final PolicyView policies;
    private final Flow flow;

    RepairCheck(Snapshot cluster, PolicyView policies, Flow flow) {
        this.cluster = cluster;
        this.policies = policies;
        this.flow = flow;
    }

    /** Whether all that was blocked is then allowed, nobody is isolated who was not, and nothing else is opened. */
    boolean holds(List<Repair.Step> steps, List<BlockedPair> blocked) {
        if (steps.isEmpty() || steps.stream().anyMatch(this::isUnfit)) {
            return false;
        }
        PolicyView repaired = new Repair(steps).apply(cluster, policies);
        Reachability after = new Reachability(cluster, repaired);
        return blocked.stream().allMatch(each -> after.answer(each.pair()).isYes())
                && new OpenedBeyond(cluster, policies, repaired, flow).isNothing(steps);
    }

    /** A rule without peers is for anybody, and one without ports for every port: neither is ever meant. */
    private boolean isUnfit(Repair.Step step) {
        return step.rule().isForAnybody()
                || step.rule().isForEveryPort()
                || (!step.exists() && isolatesAnybodyAnew(step));
    }

    /** A new policy must not cut what pods could do because nothing isolated them. */
    private boolean isolatesAnybodyAnew(Repair.Step step) {
        NamespaceShard shard = cluster.namespaceOrAssumed(step.policy().namespace());
        Policy.Section none = Policy.Section.ABSENT;
        CompiledPolicy added = shard.compile(new Policy(step.policy(), step.podSelector(), none, none));
        return shard.workloads(added.selected()).stream()
                .anyMatch(workload -> policies.policiesIn(shard.name()).stream()
                        .noneMatch(policy -> policy.isolates(workload, step.direction())));
    }
}
