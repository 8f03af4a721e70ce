package dev.flowguard.assess.repair;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is needed so that blocked pairs of a flow get through, in the contract's words or for just those pairs. */
final class Needs {
    /** A side that blocks, for all workloads of a namespace alike. */
    private record Place(Direction direction, String namespace) {}

    /** What the policies of one workload have no rule for. */
    private record Lack(Place place, Workload subject, Set<PortMatch> ports) {}

    private final Snapshot cluster;
    private final Flow flow;
    private final RepairPeers peers;

    Needs(Snapshot cluster, Flow flow) {
        this.cluster = cluster;
        this.flow = flow;
        this.peers = new RepairPeers(cluster);
    }

    /** One for each side of a namespace, for exactly the other end as it was declared, on all ports that are cut. */
    List<Need> inTheContractsWords(List<BlockedPair> blocked) {
        Map<Place, List<BlockedPair>> places = new LinkedHashMap<>();
        for (BlockedPair pair : blocked) {
            for (Direction direction : pair.sides()) {
                subject(pair, direction)
                        .forEach(subject -> places.computeIfAbsent(
                                        new Place(direction, subject.namespace()), place -> new ArrayList<>())
                                .add(pair));
            }
        }
        List<Need> needs = new ArrayList<>();
        places.forEach((place, pairs) -> {
            Set<Workload> subjects = subjects(pairs, place.direction());
            needs.add(new Need(
                    place.direction(),
                    place.namespace(),
                    subjects,
                    selecting(place, subjects),
                    peers.of(other(place.direction()), place.namespace(), others(pairs, place.direction())),
                    ports(pairs),
                    pairs));
        });
        return needs;
    }

    /** One for each workload that is cut and each set of ports, for just those at the other end. */
    List<Need> forJustThese(List<BlockedPair> blocked) {
        Map<Place, Map<Workload, Map<Endpoint, List<BlockedPair>>>> places = new LinkedHashMap<>();
        for (BlockedPair pair : blocked) {
            for (Direction direction : pair.sides()) {
                subject(pair, direction)
                        .forEach(subject -> places.computeIfAbsent(
                                        new Place(direction, subject.namespace()), place -> new LinkedHashMap<>())
                                .computeIfAbsent(subject, workload -> new LinkedHashMap<>())
                                .computeIfAbsent(pair.other(direction), other -> new ArrayList<>())
                                .add(pair));
            }
        }
        Map<Lack, Map<Endpoint, List<BlockedPair>>> lacks = new LinkedHashMap<>();
        places.forEach((place, subjects) ->
                subjects.forEach((subject, others) -> others.forEach((other, pairs) -> lacks.computeIfAbsent(
                                new Lack(place, subject, new LinkedHashSet<>(ports(pairs))),
                                lack -> new LinkedHashMap<>())
                        .put(other, pairs))));
        List<Need> needs = new ArrayList<>();
        lacks.forEach((lack, others) -> needs.add(new Need(
                lack.place().direction(),
                lack.place().namespace(),
                Set.of(lack.subject()),
                selecting(lack.place(), Set.of(lack.subject())),
                peers.justThese(
                        other(lack.place().direction()), lack.place().namespace(), List.copyOf(others.keySet())),
                List.copyOf(lack.ports()),
                others.values().stream().flatMap(List::stream).toList())));
        return needs;
    }

    private FlowEnd other(Direction direction) {
        return direction == Direction.INGRESS ? flow.from() : flow.to();
    }

    private LabelSelector selecting(Place place, Set<Workload> subjects) {
        NamespaceShard shard = cluster.namespaceOrAssumed(place.namespace());
        FlowEnd end = place.direction() == Direction.INGRESS ? flow.to() : flow.from();
        LabelSelector declared = peers.selector(
                end,
                shard,
                subjects.stream().sorted(Comparator.comparing(Workload::index)).toList());
        boolean selectsMore =
                !subjects.containsAll(shard.workloads(shard.select(declared).and(shard.podNetwork())));
        return selectsMore && subjects.size() == 1
                ? peers.exactly(shard, subjects.iterator().next())
                : declared;
    }

    private static Stream<Workload> subject(BlockedPair pair, Direction direction) {
        return pair.subject(direction).match(pods -> Stream.of(pods.workload()), addresses -> Stream.empty());
    }

    static Set<Workload> subjects(List<BlockedPair> pairs, Direction direction) {
        return pairs.stream().flatMap(pair -> subject(pair, direction)).collect(Collectors.toSet());
    }

    private static List<Endpoint> others(List<BlockedPair> pairs, Direction direction) {
        return pairs.stream().map(pair -> pair.other(direction)).distinct().toList();
    }

    /** Pieces of one range, which only the policies in force told apart, are one again. */
    private static List<PortMatch> ports(Collection<BlockedPair> pairs) {
        Map<Protocol, TreeSet<PortRange>> ranges = new LinkedHashMap<>();
        pairs.stream()
                .map(blocked -> blocked.pair().traffic())
                .filter(traffic -> traffic.protocol().isInPolicies())
                .forEach(traffic -> ranges.computeIfAbsent(traffic.protocol(), protocol -> new TreeSet<>())
                        .add(traffic.ports()));
        return ranges.entrySet().stream()
                .flatMap(entry -> PortRange.joined(entry.getValue()).stream()
                        .map(range -> RepairPorts.match(entry.getKey(), range)))
                .toList();
    }
}
