package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.binding.WellKnownTraffic;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.PeerOutcome;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a policy's egress isolation cuts off from a well-known destination. It does so where no policy in force lets a workload
 * out to it, and either the workload got out before, or it would without this policy. Where the plugin's answer is not known,
 * or policies are at work that are not evaluated, nobody is taken to be cut off.
 *
 * @param pairs those that are cut
 */
record CutOff(List<Pair> pairs) {
    private static final Comparator<Traffic> UDP_FIRST =
            Comparator.comparing(Traffic::protocol).reversed().thenComparing(Traffic::ports);

    private record Way(Workload workload, Protocol protocol) {}

    static CutOff from(FlowEnd.WellKnown.Name destination, Examination examination) {
        boolean mayCut = examination.policy().isolates(Direction.EGRESS)
                && examination.cluster().cni().enforcesPolicies();
        if (!mayCut) {
            return new CutOff(List.of());
        }
        Map<Way, List<Pair>> closed = closedAfter(destination, examination);
        if (closed.isEmpty()) {
            return new CutOff(List.of());
        }
        View before = new View(examination, examination.before());
        View without = new View(examination, examination.without());
        return new CutOff(closed.values().stream()
                .filter(way -> !before.isClosed(way) || !without.isClosed(way))
                .flatMap(List::stream)
                .toList());
    }

    /** The ways of which every pair is closed, each with its pairs. */
    private static Map<Way, List<Pair>> closedAfter(FlowEnd.WellKnown.Name destination, Examination examination) {
        View after = new View(examination, examination.after());
        Map<Way, List<Pair>> closed = new LinkedHashMap<>();
        Set<Way> open = new HashSet<>();
        new WellKnownTraffic(
                        examination.cluster(),
                        List.of(examination.before(), examination.after(), examination.without()))
                .forEach(examination.shard(), examination.examined().selected(), destination, pair -> {
                    if (isToItself(pair)) {
                        return true;
                    }
                    if (after.isClosed(pair)) {
                        closed.computeIfAbsent(way(pair), way -> new ArrayList<>())
                                .add(pair);
                    } else {
                        open.add(way(pair));
                    }
                    return true;
                });
        closed.keySet().removeAll(open);
        return closed;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    List<Workload> workloads() {
        return pairs.stream().map(CutOff::source).distinct().toList();
    }

    List<Workload> workloads(Protocol protocol) {
        return pairs.stream()
                .filter(pair -> pair.traffic().protocol() == protocol)
                .map(CutOff::source)
                .distinct()
                .toList();
    }

    /**
     * The rule that would let them out.
     *
     * @param services those whose pods are the destination, where there are any
     */
    Rule remedy(Collection<ServiceEntry> services) {
        Stream<Peer> pods = services.stream().filter(ServiceEntry::hasSelector).map(CutOff::podsBehind);
        Stream<Peer> addresses = pairs.stream()
                .flatMap(pair -> Stream.concat(Stream.of(pair.destination()), pair.alternatives().stream()))
                .flatMap(end -> end.match(
                        inCluster -> Stream.empty(), to -> Stream.of(to.range().first())))
                .distinct()
                .sorted()
                .map(address -> new Peer.IpBlock(Cidr.of(address), List.of()));
        List<PortMatch> ports = pairs.stream()
                .map(Pair::traffic)
                .sorted(UDP_FIRST)
                .<PortMatch>map(traffic -> new PortMatch.Numbered(traffic.protocol(), traffic.ports(), false))
                .distinct()
                .toList();
        return Rule.of(0, Stream.concat(pods, addresses).toList(), ports);
    }

    static Peer podsBehind(ServiceEntry service) {
        return new Peer.Pods(
                new NamespaceScope.Matching(LabelSelector.namespaceNamed(service.namespace())), service.podSelector());
    }

    private static Way way(Pair pair) {
        return new Way(source(pair), pair.traffic().protocol());
    }

    private static Workload source(Pair pair) {
        return pair.source().match(pods -> pods.workload(), addresses -> {
            throw new IllegalStateException("A policy selects workloads, and so the source of this is one: " + pair);
        });
    }

    private static boolean isToItself(Pair pair) {
        return pair.destination().match(pods -> pods.workload().equals(source(pair)), addresses -> false);
    }

    /** Whether egress lets traffic out, by the policies of one view. */
    private static final class View {
        private final Reachability reachability;

        View(Examination examination, PolicyView policies) {
            this.reachability = new Reachability(examination.cluster(), policies);
        }

        boolean isClosed(List<Pair> way) {
            return way.stream().allMatch(this::isClosed);
        }

        private boolean isClosed(Pair pair) {
            if (reachability.answer(pair) == Answer.YES) {
                return false;
            }
            Trace trace = reachability.trace(pair);
            return Stream.concat(Stream.of(trace), trace.alternatives().stream())
                    .allMatch(View::isClosed);
        }

        private static boolean isClosed(Trace trace) {
            return !trace.exempt()
                    && trace.otherPolicies().isEmpty()
                    && trace.sides().stream()
                            .filter(side -> side.direction() == Direction.EGRESS)
                            .anyMatch(View::isShut);
        }

        /** Also where only an ipBlock could open it, and it holds no address that nodes give to pods. */
        private static boolean isShut(SideTrace side) {
            return side.answer().isNo()
                    || side.leftOpen().isEmpty()
                            && !side.policies().isEmpty()
                            && side.policies().stream()
                                    .allMatch(policy -> policy.policy().isUnderstood()
                                            && policy.rules().stream().allMatch(View::opensNothing));
        }

        private static boolean opensNothing(RuleTrace rule) {
            return rule.answer().isNo()
                    || rule.rule().isUnderstood()
                            && rule.peers().stream()
                                    .allMatch(peer -> peer.answer().isNo() || peer == PeerOutcome.NOT_IN_POD_RANGES);
        }
    }
}
