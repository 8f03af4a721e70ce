package dev.flowguard.assess;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a repair opens that the contract does not ask for. Only those whom an added rule names can gain anything, and only with
 * the workloads that its policy selects, so just these are looked at.
 */
final class OpenedBeyond {
    /** Who the ends of a pair are: a workload, or any address. */
    private record Ends(Optional<Workload> source, Optional<Workload> destination) {
        static Ends of(Pair pair) {
            return new Ends(of(pair.source()), of(pair.destination()));
        }

        private static Optional<Workload> of(Endpoint end) {
            return end.match(pods -> Optional.of(pods.workload()), addresses -> Optional.empty());
        }
    }

    private final Snapshot cluster;
    private final Reachability before;
    private final Reachability after;
    private final FlowBinding binding;
    private final Flow flow;
    private final Map<Ends, List<Pair>> asked;

    OpenedBeyond(Snapshot cluster, PolicyView policies, PolicyView repaired, Flow flow) {
        this.cluster = cluster;
        this.before = new Reachability(cluster, policies);
        this.after = new Reachability(cluster, repaired);
        this.binding = new FlowBinding(cluster, List.of(policies, repaired));
        this.flow = flow;
        this.asked = binding.pairs(flow, Within.ANYWHERE, Within.ANYWHERE)
                .flatMap(pair -> Stream.concat(
                        Stream.of(pair), pair.alternatives().stream().map(pair::to)))
                .collect(Collectors.groupingBy(Ends::of, HashMap::new, Collectors.toList()));
    }

    boolean isNothing(List<Repair.Step> steps) {
        return steps.stream().flatMap(this::concerned).filter(this::isOpened).allMatch(this::isAskedFor);
    }

    private boolean isOpened(Pair pair) {
        return after.answer(pair).isYes() && !before.answer(pair).isYes();
    }

    /** The pairs of whoever the step's policy selects with whoever its rule names, on the ports of the rule. */
    private Stream<Pair> concerned(Repair.Step step) {
        NamespaceShard shard = cluster.namespaceOrAssumed(step.policy().namespace());
        WorkloadSet selected = shard.select(step.podSelector()).and(shard.podNetwork());
        Within these = new Within.These(shard, selected);
        FlowEnd subjects = new FlowEnd.Pods(LabelSelector.namespaceNamed(shard.name()), LabelSelector.EVERYTHING);
        FlowPorts ports = new FlowPorts.OfPods(step.rule().ports());
        boolean ingress = step.direction() == Direction.INGRESS;
        return step.rule().peers().stream()
                .flatMap(peer -> ends(peer, shard.name()))
                .flatMap(end -> ingress
                        ? binding.pairs(flow(end, subjects, ports), Within.ANYWHERE, these)
                        : binding.pairs(flow(subjects, end, ports), these, Within.ANYWHERE));
    }

    private static Flow flow(FlowEnd from, FlowEnd to, FlowPorts ports) {
        return new Flow("opened", Expectation.ALLOWED, from, to, ports);
    }

    /** A block may match the addresses of pods as well, in the reading of some network plugins. */
    private static Stream<FlowEnd> ends(Peer peer, String namespace) {
        return peer.match(
                pods -> Stream.of(new FlowEnd.Pods(
                        pods.namespaces().match(() -> LabelSelector.namespaceNamed(namespace), each -> each.selector()),
                        pods.pods())),
                block -> Stream.of(
                        new FlowEnd.Outside(block.cidr(), block.except()),
                        new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING)),
                unknown -> Stream.empty());
    }

    /** A contract that names a range of addresses asks for it whoever has them. */
    private boolean isAskedFor(Pair pair) {
        return asked.getOrDefault(Ends.of(pair), List.of()).stream().anyMatch(each -> contains(each, pair))
                || (isBlock(flow.from()) && isPod(pair.source()) && isAskedOfAnyAddress(pair, Direction.INGRESS))
                || (isBlock(flow.to()) && isPod(pair.destination()) && isAskedOfAnyAddress(pair, Direction.EGRESS));
    }

    private boolean isAskedOfAnyAddress(Pair pair, Direction direction) {
        Ends ends = Ends.of(pair);
        Ends outside = direction == Direction.INGRESS
                ? new Ends(Optional.empty(), ends.destination())
                : new Ends(ends.source(), Optional.empty());
        return asked.getOrDefault(outside, List.of()).stream()
                .anyMatch(each -> speaksOf(each.traffic(), pair.traffic()));
    }

    private static boolean contains(Pair asked, Pair pair) {
        return speaksOf(asked.traffic(), pair.traffic())
                && contains(asked.source(), pair.source())
                && contains(asked.destination(), pair.destination());
    }

    private static boolean speaksOf(Traffic asked, Traffic traffic) {
        return asked.protocol() == traffic.protocol()
                && asked.family() == traffic.family()
                && asked.ports().contains(traffic.ports());
    }

    private static boolean contains(Endpoint asked, Endpoint end) {
        return asked.match(
                pods -> true,
                range -> end.match(pods -> false, part -> range.range().contains(part.range())));
    }

    private static boolean isBlock(FlowEnd end) {
        return end.match(pods -> false, owned -> false, service -> false, outside -> true, wellKnown -> false);
    }

    private static boolean isPod(Endpoint end) {
        return end.match(pods -> true, addresses -> false);
    }
}
