package dev.flowguard.assess.repair;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.Reachability;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether steps repair a flow and do nothing else. */
final class RepairCheck {
    private final RepairedPolicies policies;
    private final Flow flow;

    RepairCheck(RepairedPolicies policies, Flow flow) {
        this.policies = policies;
        this.flow = flow;
    }

    /** Whether everything that was blocked gets through, and nothing else changes. */
    boolean holds(List<? extends Repair.Step> steps, List<BlockedPair> blocked) {
        if (steps.isEmpty() || steps.stream().anyMatch(this::isUnfit)) {
            return false;
        }
        return letsThrough(steps, blocked) && opensNothingBeyond(steps, policies.with(steps));
    }

    /** Whether everything that was blocked gets through. */
    boolean letsThrough(List<? extends Repair.Step> steps, List<BlockedPair> blocked) {
        Reachability after =
                new Reachability(policies.cluster(), policies.with(steps).view());
        return blocked.stream().allMatch(each -> after.answer(each.pair()).isYes());
    }

    boolean opensNothingBeyond(List<? extends Repair.Step> steps, RepairedPolicies repaired) {
        return new OpenedBeyond(policies, repaired, flow).isNothing(steps);
    }

    /** A rule without peers is for anybody, and one without ports for every port: neither is ever meant. */
    private boolean isUnfit(Repair.Step step) {
        return step.match(
                rule -> rule.rule().isForAnybody()
                        || rule.rule().isForEveryPort()
                        || (!rule.exists() && isolatesAnybodyAnew(rule.ref(), rule.podSelector(), rule.direction())),
                mended -> isolatesAnybodyAnew(mended),
                amended -> false);
    }

    /**
     * Whether a step that lets a need through takes nothing away.
     *
     * @param isolated whether all that no rule is for is denied to its pods already, where the step has its place
     */
    boolean isFit(Repair.Step step, Need need, boolean isolated) {
        boolean isolates = step.match(
                rule -> !rule.exists() && isolatesAnybodyAnew(rule.ref(), rule.podSelector(), rule.direction()),
                this::isolatesAnybodyAnew,
                amended -> !amended.exists());
        return !isolates
                || isolated && selectsJust(need)
                || new Closing(policies, policies.with(List.of(step))).isNothing(selected(need), step.direction());
    }

    private Set<Workload> selected(Need need) {
        NamespaceShard shard = policies.cluster().namespaceOrAssumed(need.namespace());
        return Set.copyOf(shard.workloads(shard.select(need.selecting()).and(shard.podNetwork())));
    }

    private boolean selectsJust(Need need) {
        return need.subjects().containsAll(selected(need));
    }

    private boolean isolatesAnybodyAnew(Repair.Mended step) {
        Policy policy = step.mended();
        return Stream.of(Direction.values())
                .anyMatch(direction -> policy.isolates(direction)
                        && isolatesAnybodyAnew(policy.ref(), policy.podSelector(), direction));
    }

    /** A new policy, or one that selects others, must not cut what pods could do because nothing isolated them. */
    private boolean isolatesAnybodyAnew(PolicyRef ref, LabelSelector podSelector, Direction direction) {
        NamespaceShard shard = policies.cluster().namespaceOrAssumed(ref.namespace());
        Policy.Section none = Policy.Section.ABSENT;
        CompiledPolicy added = shard.compile(new Policy(ref, podSelector, none, none));
        return shard.workloads(added.selected()).stream()
                .anyMatch(workload -> policies.view().policiesIn(shard.name()).stream()
                        .noneMatch(policy -> policy.isolates(workload, direction)));
    }
}
