package dev.flowguard.assess.repair;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.DnsLabel;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
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

/**
 * Rules that may repair a flow. A rule goes into a policy that selects nobody but the workloads that are cut, a preferred one
 * before others, and where there is none into a policy of its own, so that it opens nothing for others. A policy without rules
 * is a deny, and stays one.
 */
final class RepairCandidates {
    /** A side that blocks, for all workloads of a namespace alike. */
    private record Place(Direction direction, String namespace) {}

    /** What the policies of one workload have no rule for. */
    private record Need(Place place, Workload subject, Set<PortMatch> ports) {}

    private static final int MOST_CHARACTERS_OF_FLOW = 44;

    private final Snapshot cluster;
    private final PolicyView policies;
    private final Set<PolicyRef> preferred;
    private final Flow flow;
    private final RepairPeers peers;
    private final Set<PolicyRef> named = new LinkedHashSet<>();

    RepairCandidates(Snapshot cluster, PolicyView policies, Set<PolicyRef> preferred, Flow flow) {
        this.cluster = cluster;
        this.policies = policies;
        this.preferred = preferred;
        this.flow = flow;
        this.peers = new RepairPeers(cluster);
    }

    /** One rule for each side of a namespace, for exactly the other end as it was declared, on all ports that are cut. */
    List<Repair.Step> inTheContractsWords(List<BlockedPair> blocked) {
        Map<Place, List<BlockedPair>> places = new LinkedHashMap<>();
        for (BlockedPair pair : blocked) {
            for (Direction direction : pair.sides()) {
                subject(pair, direction)
                        .forEach(subject -> places.computeIfAbsent(
                                        new Place(direction, subject.namespace()), place -> new ArrayList<>())
                                .add(pair));
            }
        }
        List<Repair.Step> steps = new ArrayList<>();
        places.forEach((place, pairs) -> steps.add(step(
                place,
                subjects(pairs, place.direction()),
                peers.of(other(place.direction()), place.namespace(), others(pairs, place.direction())),
                ports(pairs))));
        return steps;
    }

    /** A rule for each workload that is cut and each set of ports, for just those at the other end. */
    List<Repair.Step> forJustThese(List<BlockedPair> blocked) {
        named.clear();
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
        Map<Need, List<Endpoint>> needs = new LinkedHashMap<>();
        places.forEach((place, subjects) ->
                subjects.forEach((subject, others) -> others.forEach((other, pairs) -> needs.computeIfAbsent(
                                new Need(place, subject, new LinkedHashSet<>(ports(pairs))), need -> new ArrayList<>())
                        .add(other))));
        List<Repair.Step> steps = new ArrayList<>();
        needs.forEach((need, others) -> steps.add(step(
                need.place(),
                Set.of(need.subject()),
                peers.justThese(other(need.place().direction()), need.place().namespace(), others),
                List.copyOf(need.ports()))));
        return steps;
    }

    private FlowEnd other(Direction direction) {
        return direction == Direction.INGRESS ? flow.from() : flow.to();
    }

    private Repair.Step step(Place place, Set<Workload> subjects, List<Peer> others, List<PortMatch> ports) {
        NamespaceShard shard = cluster.namespaceOrAssumed(place.namespace());
        Rule rule = Rule.of(0, others, ports);
        return policies.policiesIn(place.namespace()).stream()
                .filter(policy -> policy.policy().isUnderstood()
                        && !policy.policy().rules(place.direction()).isEmpty())
                .filter(policy -> selectsJust(policy, shard, subjects))
                .min(Comparator.comparing(
                        policy -> !preferred.contains(policy.policy().ref())))
                .map(policy -> new Repair.Step(
                        policy.policy().ref(), policy.policy().podSelector(), true, place.direction(), rule))
                .orElseGet(() -> new Repair.Step(
                        freeName(place), selecting(place, shard, subjects), false, place.direction(), rule));
    }

    private static boolean selectsJust(CompiledPolicy policy, NamespaceShard shard, Set<Workload> subjects) {
        return policy.selected().size() == subjects.size()
                && shard.workloads(policy.selected()).stream().allMatch(subjects::contains);
    }

    private LabelSelector selecting(Place place, NamespaceShard shard, Set<Workload> subjects) {
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

    /** A name after the flow, which no policy of the namespace has. */
    private PolicyRef freeName(Place place) {
        String base = "allow-" + DnsLabel.of(flow.name(), MOST_CHARACTERS_OF_FLOW) + "-"
                + place.direction().section();
        Set<String> taken = policies.policiesIn(place.namespace()).stream()
                .map(policy -> policy.policy().ref().name())
                .collect(Collectors.toSet());
        PolicyRef ref = new PolicyRef(place.namespace(), base);
        for (int i = 2; taken.contains(ref.name()) || named.contains(ref); i++) {
            ref = new PolicyRef(place.namespace(), base + "-" + i);
        }
        named.add(ref);
        return ref;
    }

    private static Stream<Workload> subject(BlockedPair pair, Direction direction) {
        return pair.subject(direction).match(pods -> Stream.of(pods.workload()), addresses -> Stream.empty());
    }

    private static Set<Workload> subjects(List<BlockedPair> pairs, Direction direction) {
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
