package dev.flowguard.assess.repair;

import dev.flowguard.assess.Effort;
import dev.flowguard.binding.AskedFor;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.PairVisitor;
import dev.flowguard.binding.Within;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.Direction;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.List;

/**
 * What a repair opens that the contract does not ask for. Only those whom a step names can gain anything, and only with the
 * workloads that its policy selects, so just these are looked at.
 */
final class OpenedBeyond {
    private final Snapshot cluster;
    private final Reachability before;
    private final Reachability after;
    private final FlowBinding binding;
    private final Flow flow;
    private final Effort effort;

    OpenedBeyond(RepairedPolicies was, RepairedPolicies repaired, Flow flow) {
        this.cluster = was.cluster();
        this.before = new Reachability(cluster, was.view());
        this.after = new Reachability(cluster, repaired.view());
        this.binding = new FlowBinding(cluster, List.of(was.view(), repaired.view()));
        this.flow = flow;
        this.effort = was.effort();
    }

    /** Not where there was no time to find out. */
    boolean isNothing(List<? extends Repair.Step> steps) {
        return steps.stream()
                .flatMap(step -> Opening.of(step, cluster).stream())
                .allMatch(this::opensNothingBeyond);
    }

    /** Goes through the pairs of whoever the step's policy selects with whoever its rule names, on the ports of the rule. */
    private boolean opensNothingBeyond(Opening opening) {
        boolean ingress = opening.direction() == Direction.INGRESS;
        Within subjects = opening.subjects().within();
        AskedFor asked =
                new AskedFor(flow, binding, ingress ? Within.ANYWHERE : subjects, ingress ? subjects : Within.ANYWHERE);
        PairVisitor visitor = pair -> !effort.isOver() && (!isOpened(pair) || asked.includes(pair));
        return opening.others().stream().allMatch(other -> {
            FlowEnd from = ingress ? other.end() : opening.subjects().end();
            FlowEnd to = ingress ? opening.subjects().end() : other.end();
            return binding.forEach(
                    new Flow("opened", opening.expectation(), from, to, opening.ports()),
                    ingress ? other.within() : subjects,
                    ingress ? subjects : other.within(),
                    visitor);
        });
    }

    private boolean isOpened(Pair pair) {
        return after.answer(pair).isYes() && !before.answer(pair).isYes();
    }
}
