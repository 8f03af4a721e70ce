package dev.flowguard.assess.repair;

import dev.flowguard.binding.AskedFor;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.PairVisitor;
import dev.flowguard.binding.Within;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a repair opens that the contract does not ask for. Only those whom an added rule names can gain anything, and only with
 * the workloads that its policy selects, so just these are looked at.
 */
final class OpenedBeyond {
    private final Snapshot cluster;
    private final Reachability before;
    private final Reachability after;
    private final FlowBinding binding;
    private final Flow flow;

    OpenedBeyond(Snapshot cluster, PolicyView policies, PolicyView repaired, Flow flow) {
        this.cluster = cluster;
        this.before = new Reachability(cluster, policies);
        this.after = new Reachability(cluster, repaired);
        this.binding = new FlowBinding(cluster, List.of(policies, repaired));
        this.flow = flow;
    }

    boolean isNothing(List<Repair.Step> steps) {
        return steps.stream().allMatch(this::opensNothingBeyond);
    }

    /** Whom the peer of a rule may name: an end of traffic, narrowed to those who can be meant. */
    private record Named(FlowEnd end, Within within) {}

    /** Goes through the pairs of whoever the step's policy selects with whoever its rule names, on the ports of the rule. */
    private boolean opensNothingBeyond(Repair.Step step) {
        NamespaceShard shard = cluster.namespaceOrAssumed(step.policy().namespace());
        WorkloadSet selected = shard.select(step.podSelector()).and(shard.podNetwork());
        Within these = new Within.These(shard, selected);
        boolean ingress = step.direction() == Direction.INGRESS;
        AskedFor asked =
                new AskedFor(flow, binding, ingress ? Within.ANYWHERE : these, ingress ? these : Within.ANYWHERE);
        FlowEnd subjects = new FlowEnd.Pods(LabelSelector.namespaceNamed(shard.name()), LabelSelector.EVERYTHING);
        FlowPorts ports = new FlowPorts.OfPods(step.rule().ports());
        PairVisitor visitor = pair -> !isOpened(pair) || asked.includes(pair);
        return step.rule().peers().stream()
                .flatMap(peer -> named(peer, shard.name()))
                .allMatch(named -> ingress
                        ? binding.forEach(flow(named.end(), subjects, ports), named.within(), these, visitor)
                        : binding.forEach(flow(subjects, named.end(), ports), these, named.within(), visitor));
    }

    private boolean isOpened(Pair pair) {
        return after.answer(pair).isYes() && !before.answer(pair).isYes();
    }

    private static Flow flow(FlowEnd from, FlowEnd to, FlowPorts ports) {
        return new Flow("opened", Expectation.ALLOWED, from, to, ports);
    }

    /** A block may match the addresses of pods as well, in the reading of some network plugins. */
    private static Stream<Named> named(Peer peer, String namespace) {
        return peer.match(
                pods -> Stream.of(new Named(
                        new FlowEnd.Pods(
                                pods.namespaces()
                                        .match(() -> LabelSelector.namespaceNamed(namespace), each -> each.selector()),
                                pods.pods()),
                        Within.ANYWHERE)),
                block -> Stream.of(
                        new Named(new FlowEnd.Outside(block.cidr(), block.except()), Within.ANYWHERE),
                        new Named(
                                new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING),
                                new Within.Addressed(block.cidr().range()))),
                unknown -> Stream.empty());
    }
}
