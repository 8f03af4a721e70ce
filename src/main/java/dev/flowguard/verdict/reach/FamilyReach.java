package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.chain.Chain;
import dev.flowguard.verdict.chain.ChainStep;
import dev.flowguard.verdict.chain.Chains;
import dev.flowguard.verdict.match.AddressAllowance;
import dev.flowguard.verdict.match.Allowance;
import dev.flowguard.verdict.match.EndsMatcher;
import dev.flowguard.verdict.match.PortMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.OwnNode;
import dev.flowguard.verdict.pair.Roster;
import dev.flowguard.verdict.pair.Route;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What both sides of every workload let through in one address family. */
final class FamilyReach {
    private record Likeness(String namespace, List<Integer> policies) {}

    private final Snapshot cluster;
    private final Roster roster;
    private final IpFamily family;
    private final PeerSurvey survey;
    private final PortMatcher ports;
    private final BitSet members = new BitSet();

    /** These may stand for the node of any pod (SEMANTICS N5). */
    private final BitSet onHostNetwork = new BitSet();

    private final Side open;
    private final List<Side> egress;
    private final List<Side> ingress;
    private final Chains chains;
    private final EndsMatcher ends;

    /** Whether policies may concern nodes that are not evaluated. */
    private final boolean nodesAreBeyondUs;

    private final Map<Direction, ChainSurvey> surveys = new EnumMap<>(Direction.class);

    FamilyReach(Snapshot cluster, PolicyView policies, Roster roster, IpFamily family) {
        this.cluster = cluster;
        this.roster = roster;
        this.family = family;
        this.survey = new PeerSurvey(cluster, roster, family);
        this.ports = new PortMatcher(cluster.cni());
        for (int number = 0; number < roster.size(); number++) {
            members.set(number, cluster.hasAddresses(roster.workload(number), family));
            onHostNetwork.set(number, roster.workload(number).hostNetwork());
        }
        this.open = new SideReach(Direction.EGRESS, survey);
        this.ends = new EndsMatcher(cluster);
        this.chains = new Chains(cluster, policies, ends);
        this.nodesAreBeyondUs = !policies.ruled().unclearOnNodes().isEmpty();
        this.egress = sides(policies, Direction.EGRESS);
        this.ingress = sides(policies, Direction.INGRESS);
    }

    /** Whether any workload has addresses of this family. */
    boolean isUsed() {
        return !members.isEmpty();
    }

    boolean has(int workload) {
        return members.get(workload);
    }

    Allowance between(int from, int to) {
        Side out = egress.get(from);
        Side in = ingress.get(to);
        boolean toOwnNode = onHostNetwork.get(to);
        boolean fromOwnNode = onHostNetwork.get(from);
        if (!out.maybeOpen(to, toOwnNode) || !in.maybeOpen(from, fromOwnNode)) {
            return Allowance.NOTHING;
        }
        Endpoint destination = roster.endpoint(to);
        return out.workload(to, toOwnNode, destination).and(in.workload(from, fromOwnNode, destination));
    }

    boolean isIsolated(int workload, Direction direction) {
        return side(workload, direction).isIsolated();
    }

    Allowance fromSomePod(int to) {
        return ingress.get(to).somePod(roster.endpoint(to));
    }

    /** All addresses that are not the cluster's own, in parts that policies tell apart; a node's where a policy tells it apart. */
    List<AddressAllowance> outside(int workload, Direction direction) {
        Side side = side(workload, direction);
        List<AddressAllowance> parts = new ArrayList<>();
        Direction opposite = direction == Direction.EGRESS ? Direction.INGRESS : Direction.EGRESS;
        List<AddressRange> blocks = new ArrayList<>(side.blocks());
        chains.onNodes(opposite).ifPresent(chain -> {
            blocks.addAll(survey(opposite).subjectBlocks(chain));
            cluster.nodeAddresses().stream().map(AddressRange::of).forEach(blocks::add);
        });
        for (AddressRange range : everyAddress().cutBy(blocks)) {
            if (cluster.reachesOutside(range)) {
                parts.add(part(side, workload, direction, range, Endpoint.Addresses.Kind.OUTSIDE));
            } else if (belongsToNodes(range)) {
                parts.add(part(side, workload, direction, range, Endpoint.Addresses.Kind.NODE));
            }
        }
        return parts;
    }

    private AddressAllowance part(
            Side side, int workload, Direction direction, AddressRange range, Endpoint.Addresses.Kind kind) {
        Endpoint.Addresses addresses = new Endpoint.Addresses(range, kind);
        Endpoint destination = direction == Direction.EGRESS ? addresses : roster.endpoint(workload);
        boolean ownNode = OwnNode.mayBe(cluster, direction, addresses, Route.DIRECT);
        boolean isNode = kind == Endpoint.Addresses.Kind.NODE;
        if (isNode && nodesAreBeyondUs) {
            return new AddressAllowance(range, Allowance.UNKNOWN);
        }
        Allowance here = side.addresses(addresses, ownNode, destination);
        return new AddressAllowance(
                range, isNode ? here.and(there(direction, addresses).workload(workload, false, destination)) : here);
    }

    /** The side of a node that is the other end. */
    private Side there(Direction here, Endpoint.Addresses node) {
        return onNode(here == Direction.EGRESS ? Direction.INGRESS : Direction.EGRESS, node);
    }

    /** What a node or pods on its network let through; nothing keeps anything out there for sure (OTHER-POLICIES K26). */
    private Side onNode(Direction direction, Endpoint end) {
        return chains.onNodes(direction)
                .<Side>map(chain ->
                        new ChainReach(chain, survey(direction), step -> new SideReach(direction, survey), end))
                .orElse(open);
    }

    private ChainSurvey survey(Direction direction) {
        return surveys.computeIfAbsent(direction, key -> new ChainSurvey(cluster, roster, ends, family, key));
    }

    private AddressRange everyAddress() {
        return Cidr.parse(family == IpFamily.IPV4 ? "0.0.0.0/0" : "::/0").range();
    }

    private boolean belongsToNodes(AddressRange range) {
        return StreamSupport.stream(range.addresses().spliterator(), false)
                .allMatch((Address address) -> cluster.isNodeAddress(address));
    }

    private Side side(int workload, Direction direction) {
        return (direction == Direction.EGRESS ? egress : ingress).get(workload);
    }

    private List<Side> sides(PolicyView policies, Direction direction) {
        Map<Likeness, Side> made = new HashMap<>();
        Map<Rule, RuleReach> asked = new HashMap<>();
        ChainSurvey chainSurvey = survey(direction);
        Map<ChainStep.NetworkPolicies, SideReach> unions = new HashMap<>();
        List<Side> sides = new ArrayList<>();
        for (Workload workload : roster.workloads()) {
            if (workload.hostNetwork()) {
                sides.add(onNode(direction, roster.endpoint(roster.number(workload))));
                continue;
            }
            Optional<Chain> chain = chains.isEmpty() ? Optional.empty() : chains.of(workload, direction);
            if (chain.isPresent()) {
                sides.add(new ChainReach(
                        chain.get(),
                        chainSurvey,
                        step -> unions.computeIfAbsent(step, key -> union(key, direction, asked)),
                        roster.endpoint(roster.number(workload))));
                continue;
            }
            List<CompiledPolicy> all = policies.policiesIn(workload.namespace());
            Likeness likeness = new Likeness(workload.namespace(), concerning(all, workload, direction));
            sides.add(made.computeIfAbsent(likeness, key -> make(key, all, direction, asked)));
        }
        return sides;
    }

    private static List<Integer> concerning(List<CompiledPolicy> all, Workload workload, Direction direction) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < all.size(); place++) {
            if (!all.get(place).policy().isUnderstood() || all.get(place).isolates(workload, direction)) {
                places.add(place);
            }
        }
        return places;
    }

    private SideReach make(
            Likeness likeness, List<CompiledPolicy> all, Direction direction, Map<Rule, RuleReach> asked) {
        SideReach side = new SideReach(direction, survey);
        likeness.policies().forEach(place -> add(all.get(place).policy(), side, direction, asked));
        return side;
    }

    /** What NetworkPolicies allow together. */
    private SideReach union(ChainStep.NetworkPolicies step, Direction direction, Map<Rule, RuleReach> asked) {
        SideReach side = new SideReach(direction, survey);
        step.policies().forEach(compiled -> add(compiled.policy(), side, direction, asked));
        return side;
    }

    private void add(Policy policy, SideReach side, Direction direction, Map<Rule, RuleReach> asked) {
        if (!policy.isUnderstood()) {
            side.addUnclear();
            return;
        }
        side.isolate();
        for (Rule rule : policy.rules(direction)) {
            if (rule.isUnderstood()) {
                side.addRule(
                        rule,
                        policy.ref().namespace(),
                        asked.computeIfAbsent(rule, key -> new RuleReach(key, direction, ports, family)));
            } else {
                side.addUnclear();
            }
        }
    }
}
