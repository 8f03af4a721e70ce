package dev.flowguard.binding;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.EnforcedPolicies;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.verdict.match.EndsMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.reach.EndsCuts;
import dev.flowguard.verdict.reach.PortsCuts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the pairs of a source and a destination: one for each address family that both have, with address and port ranges cut
 * into parts that no rule of the policies asked tells apart. So a pair has one verdict, and every address and port is judged.
 * For one thread.
 */
public final class PairCutter {
    private static final List<IpFamily> FAMILIES = List.of(IpFamily.values());

    private final Snapshot cluster;
    private final List<PolicyView> views;
    private final Map<AddressRange, Boolean> outside = new HashMap<>();
    private final EndsMatcher ends;
    private final EndsCuts endsCuts;
    private final PortsCuts portsCuts;
    private final boolean someRuled;

    /** @param views the policies by which the pairs will be judged: before and after a change, for example */
    public PairCutter(Snapshot cluster, List<PolicyView> views) {
        this.cluster = cluster;
        this.views = views.stream()
                .map(view -> EnforcedPolicies.by(cluster.cni(), view))
                .toList();
        this.ends = new EndsMatcher(cluster);
        this.endsCuts = new EndsCuts(cluster);
        this.portsCuts = new PortsCuts(cluster);
        this.someRuled = views.stream().anyMatch(view -> !view.ruled().all().isEmpty());
    }

    public List<Pair> pairs(Endpoint source, Destination destination) {
        List<Pair> pairs = new ArrayList<>(1);
        forEach(source, destination, pairs::add);
        return pairs;
    }

    /** @return whether all pairs were visited */
    boolean forEach(Endpoint source, Destination destination, PairVisitor visitor) {
        return grid(source, destination).forEach(visitor);
    }

    /** All of them at once, as their parts. */
    PairGrid grid(Endpoint source, Destination destination) {
        if (isOnePodStraightToItself(source, destination)) {
            return new PairGrid(List.of(), List.of(), List.of(), List.of(), destination);
        }
        return new PairGrid(
                cut(source, destination.endpoint(), Direction.INGRESS),
                cut(destination.endpoint(), source, Direction.EGRESS),
                cutPorts(source, destination),
                commonFamilies(source, destination),
                destination);
    }

    private List<IpFamily> commonFamilies(Endpoint source, Destination destination) {
        List<IpFamily> common = new ArrayList<>(FAMILIES.size());
        for (IpFamily family : FAMILIES) {
            if (isCommon(family, source, destination)) {
                common.add(family);
            }
        }
        return common;
    }

    /** A bare pod has no other pod of itself to talk to; through a Service it may come back to itself (SEMANTICS N6). */
    private static boolean isOnePodStraightToItself(Endpoint source, Destination destination) {
        return source instanceof Endpoint.Pods pods
                && pods.isAlsoLonePod(destination.endpoint())
                && destination.route().match(() -> true, via -> false);
    }

    boolean haveCommonFamily(Endpoint source, Destination destination) {
        return FAMILIES.stream().anyMatch(family -> isCommon(family, source, destination));
    }

    private boolean isCommon(IpFamily family, Endpoint source, Destination destination) {
        return has(source, family)
                && has(destination.endpoint(), family)
                && destination.route().match(() -> true, via -> via.service().carries(family));
    }

    private boolean has(Endpoint endpoint, IpFamily family) {
        return endpoint instanceof Endpoint.Pods pods
                ? cluster.hasAddresses(pods.workload(), family)
                : endpoint instanceof Endpoint.Addresses addresses
                        && addresses.range().family() == family;
    }

    /** Cuts outside addresses by the blocks of the rules that see them, and leaves out parts that belong to the cluster. */
    private List<Endpoint> cut(Endpoint endpoint, Endpoint seenBy, Direction direction) {
        return endpoint.match(
                pods -> List.of(endpoint),
                addresses -> addresses.isCut()
                        ? addresses.range().cutBy(blocks(seenBy, direction)).stream()
                                .filter(part -> addresses.ofNode() || reachesOutside(part))
                                .<Endpoint>map(part -> new Endpoint.Addresses(part, addresses.kind()))
                                .toList()
                        : List.of(endpoint));
    }

    /** Asked of the same few ranges for every source and destination of a flow. */
    private boolean reachesOutside(AddressRange range) {
        return outside.computeIfAbsent(range, cluster::reachesOutside);
    }

    private List<AddressRange> blocks(Endpoint seenBy, Direction direction) {
        List<AddressRange> blocks = new ArrayList<>(blocks(rules(seenBy, direction)));
        ruled(seenBy, direction).forEach(rule -> blocks.addAll(endsCuts.of(rule.peer())));
        return blocks;
    }

    private static List<AddressRange> blocks(List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.peers().stream())
                .flatMap(peer ->
                        peer.<Stream<Peer.IpBlock>>match(pods -> Stream.empty(), Stream::of, unknown -> Stream.empty()))
                .flatMap(block -> Stream.concat(Stream.of(block.cidr()), block.except().stream()))
                .map(Cidr::range)
                .toList();
    }

    private List<PortRange> cutPorts(Endpoint source, Destination destination) {
        PortRange ports = destination.ports();
        if (ports.isSingle() || !destination.protocol().isInPolicies()) {
            return List.of(ports);
        }
        Stream<PortRange> byChains = Stream.concat(
                        ruled(source, Direction.EGRESS), ruled(destination.endpoint(), Direction.INGRESS))
                .flatMap(rule -> portsCuts.of(rule.ports(), destination.endpoint()).stream());
        Stream<PortRange> byRules = Stream.concat(
                        rules(source, Direction.EGRESS).stream(),
                        rules(destination.endpoint(), Direction.INGRESS).stream())
                .flatMap(rule -> rule.ports().stream())
                .flatMap(port -> port.<Stream<PortRange>>match(
                        numbered -> Stream.of(
                                numbered.ports(), PortRange.of(numbered.ports().first())),
                        named -> numbersOf(named.name(), destination.endpoint()),
                        every -> Stream.empty(),
                        unknown -> Stream.empty()));
        return ports.cutBy(Stream.concat(byRules, byChains).toList());
    }

    private static Stream<PortRange> numbersOf(String name, Endpoint destination) {
        return destination.match(
                pods -> pods.workload().ports().stream()
                        .filter(port -> port.name().equals(name))
                        .map(port -> PortRange.of(port.number())),
                addresses -> Stream.empty());
    }

    /** The rules of other kinds of policies that may decide about the traffic of that end, in any of the views. */
    private Stream<ChainRule> ruled(Endpoint end, Direction direction) {
        if (!someRuled) {
            return Stream.empty();
        }
        if (end.isOnNode()) {
            return views.stream()
                    .map(PolicyView::ruled)
                    .distinct()
                    .flatMap(ruled -> ruled.onNodes(cluster.labelsOfNodes()).stream())
                    .flatMap(policy -> policy.section(direction).rules().stream());
        }
        return end.match(
                pods -> views.stream()
                        .map(PolicyView::ruled)
                        .distinct()
                        .flatMap(ruled ->
                                ruled.candidates(pods.workload(), cluster.namespaceLabels(pods.workload())).stream())
                        .filter(policy -> policy.section(direction).isPresent()
                                && !ends.selects(policy.subject(), pods.workload())
                                        .isNo())
                        .flatMap(policy -> policy.section(direction).rules().stream()),
                addresses -> Stream.empty());
    }

    /** The rules that may decide about the traffic of that end, in any of the views. */
    private List<Rule> rules(Endpoint end, Direction direction) {
        return end.match(pods -> rules(pods.workload(), direction), addresses -> List.of());
    }

    private List<Rule> rules(Workload workload, Direction direction) {
        List<Rule> rules = new ArrayList<>();
        for (PolicyView view : views) {
            for (CompiledPolicy policy : view.policiesIn(workload.namespace())) {
                if (policy.isolates(workload, direction)) {
                    rules.addAll(policy.policy().rules(direction));
                }
            }
        }
        return rules;
    }
}
