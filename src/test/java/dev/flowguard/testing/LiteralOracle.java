package dev.flowguard.testing;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.net.Address;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;
import java.util.stream.Stream;

/**
 * The NetworkPolicy API once more, slowly and word by word, for single pods, addresses and ports: what the engine is measured by.
 * It shares data types with the engine, and no judgement.
 */
public final class LiteralOracle {
    private final LiteralCluster cluster;
    private final List<Policy> policies;
    private final CniProfile cni;
    private final LiteralPorts ports;

    public LiteralOracle(LiteralCluster cluster, List<Policy> policies) {
        this.cluster = cluster;
        this.policies = policies;
        this.cni = cluster.cni();
        this.ports = new LiteralPorts(cni);
    }

    /**
     * Whether the one reaches the other.
     *
     * @param traffic with a single port, unless its protocol has none
     */
    public Answer answer(LiteralEnd from, LiteralEnd to, Traffic traffic) {
        boolean self = from.equals(to) && from instanceof LiteralEnd.OfPod one && cluster.isLone(one.pod());
        boolean direct = traffic.route().match(() -> true, via -> false);
        if (self && (direct || cni.exemptsHairpin() == Answer.YES)) {
            return Answer.YES;
        }
        return isConcernedByOthers(from) || isConcernedByOthers(to)
                ? Answer.UNKNOWN
                : answerByNetworkPolicies(from, to, traffic, self);
    }

    private Answer answerByNetworkPolicies(LiteralEnd from, LiteralEnd to, Traffic traffic, boolean self) {
        Answer both = side(from, Direction.EGRESS, to, to, traffic).and(side(to, Direction.INGRESS, from, to, traffic));
        return self && both != Answer.YES ? Answer.UNKNOWN : both;
    }

    private boolean isConcernedByOthers(LiteralEnd end) {
        return end instanceof LiteralEnd.OfPod some && cluster.isConcernedByOthers(some.pod());
    }

    private Answer side(
            LiteralEnd end, Direction direction, LiteralEnd other, LiteralEnd destination, Traffic traffic) {
        if (!(end instanceof LiteralEnd.OfPod subject) || subject.pod().hostNetwork()) {
            return Answer.YES;
        }
        boolean isolated = false;
        Answer allowed = Answer.NO;
        for (Policy policy : policies) {
            if (!policy.ref().namespace().equals(subject.pod().namespace())) {
                continue;
            }
            if (!policy.unknownFields().isEmpty()) {
                isolated = true;
                allowed = allowed.or(Answer.UNKNOWN);
            } else if (isolates(policy.section(direction))
                    && LiteralSelector.matches(
                            policy.podSelector(), subject.pod().labels())) {
                isolated = true;
                for (Rule rule : policy.section(direction).written()) {
                    allowed = allowed.or(rule(policy, rule, direction, other, destination, traffic));
                }
            }
        }
        if (!isolated) {
            return Answer.YES;
        }
        boolean leftOpen = !traffic.protocol().isInPolicies() || maybeOwnNode(direction, other, traffic);
        return allowed == Answer.NO && leftOpen ? Answer.UNKNOWN : allowed;
    }

    /** Cilium does not look at the policy types where there are rules (OTHER-POLICIES L28). */
    private boolean isolates(Policy.Section section) {
        return section.isolates() || (isCilium() && !section.written().isEmpty());
    }

    private boolean isCilium() {
        return cni == CniProfile.CILIUM || cni == CniProfile.GKE_DATAPLANE_V2;
    }

    private boolean maybeOwnNode(Direction direction, LiteralEnd other, Traffic traffic) {
        if (other instanceof LiteralEnd.OfPod some) {
            return some.pod().hostNetwork();
        }
        LiteralEnd.OfAddress address = (LiteralEnd.OfAddress) other;
        boolean node = cluster.isNode(address.address());
        if (address.asNode()) {
            return cluster.hasOneNode();
        }
        return direction == Direction.INGRESS ? node || traffic.route().rewritesSource() : node && cluster.hasOneNode();
    }

    private Answer rule(
            Policy policy, Rule rule, Direction direction, LiteralEnd other, LiteralEnd destination, Traffic traffic) {
        if (!rule.unknownFields().isEmpty()) {
            return Answer.UNKNOWN;
        }
        Answer allowed = rule.peers().isEmpty() ? ports(rule, false, direction, destination, traffic) : Answer.NO;
        for (Peer peer : rule.peers()) {
            Answer byPorts = ports(rule, peer instanceof Peer.IpBlock, direction, destination, traffic);
            allowed = allowed.or(byPorts.and(peer(policy.ref().namespace(), peer, direction, other, traffic)));
            if (direction == Direction.EGRESS && maySeeClusterIp(peer, rule, traffic)) {
                allowed = allowed.or(Answer.UNKNOWN);
            }
        }
        return allowed;
    }

    /** Before translation the packet has the Service's address and the Service's port. */
    private boolean maySeeClusterIp(Peer peer, Rule rule, Traffic traffic) {
        return cni.ipBlockMatchesClusterIps() == Answer.UNKNOWN
                && peer instanceof Peer.IpBlock block
                && block.cidr().family() == traffic.family()
                && traffic.route().clusterIps().stream().anyMatch(address -> covers(block, address))
                && rule.ports().stream().anyMatch(port -> ports.isServicePort(port, traffic));
    }

    /** @param byAddress whether the peer beside them speaks of addresses: an egress name has no pod then to be resolved on */
    private Answer ports(Rule rule, boolean byAddress, Direction direction, LiteralEnd destination, Traffic traffic) {
        Answer byPorts = Answer.of(rule.ports().isEmpty());
        for (PortMatch port : rule.ports()) {
            Answer byPort = ports.answer(port, direction, destination, traffic);
            boolean nameless = byAddress && direction == Direction.EGRESS && port instanceof PortMatch.Named;
            byPorts = byPorts.or(nameless ? byPort.and(Answer.UNKNOWN) : byPort);
        }
        return traffic.protocol().isInPolicies() ? byPorts : Answer.UNKNOWN;
    }

    private Answer peer(String namespace, Peer peer, Direction direction, LiteralEnd other, Traffic traffic) {
        if (peer instanceof Peer.IpBlock block) {
            return block(block, direction, other, traffic);
        }
        if (!(peer instanceof Peer.Pods selected)) {
            return Answer.UNKNOWN;
        }
        boolean excludes = isCilium() && onlyExcludes(selected);
        if (!(other instanceof LiteralEnd.OfPod some)) {
            return Answer.of(excludes);
        }
        boolean inScope = selected.namespaces() instanceof NamespaceScope.Matching matching
                ? LiteralSelector.matches(
                        matching.selector(), cluster.namespaceLabels(some.pod().namespace()))
                : some.pod().namespace().equals(namespace);
        boolean matches =
                inScope && LiteralSelector.matches(selected.pods(), some.pod().labels());
        if (!matches && excludes) {
            return some.pod().hostNetwork() ? Answer.YES : Answer.UNKNOWN;
        }
        return excludes && matches
                ? Answer.YES
                : matches && some.pod().hostNetwork() ? Answer.UNKNOWN : Answer.of(matches);
    }

    /** What lacks every label lacks these too, whatever it is (OTHER-POLICIES L11). */
    private static boolean onlyExcludes(Peer.Pods peer) {
        return peer.namespaces() instanceof NamespaceScope.Matching matching
                && !matching.selector().requirements().isEmpty()
                && Stream.concat(matching.selector().requirements().stream(), peer.pods().requirements().stream())
                        .noneMatch(each -> each.operator() == Requirement.Operator.IN
                                || each.operator() == Requirement.Operator.EXISTS);
    }

    private Answer block(Peer.IpBlock block, Direction direction, LiteralEnd other, Traffic traffic) {
        boolean everything = block.cidr().prefix() == 0 && block.except().isEmpty();
        if (block.cidr().family() != traffic.family()) {
            return Answer.NO;
        }
        if (direction == Direction.INGRESS
                && traffic.route().rewritesSource()
                && other instanceof LiteralEnd.OfAddress) {
            return everything && cni.ipBlockMatchesNodes() == Answer.YES ? Answer.YES : Answer.UNKNOWN;
        }
        Answer byAddress = other instanceof LiteralEnd.OfPod some
                ? block(block, everything, some.pod())
                : block(block, ((LiteralEnd.OfAddress) other).address());
        boolean coversClusterIp = direction == Direction.EGRESS
                && traffic.route().clusterIps().stream().anyMatch(address -> covers(block, address));
        return coversClusterIp ? byAddress.or(cni.ipBlockMatchesClusterIps()) : byAddress;
    }

    private Answer block(Peer.IpBlock block, Address address) {
        Answer covered = Answer.of(covers(block, address));
        return cluster.isNode(address) ? covered.and(cni.ipBlockMatchesNodes()) : covered;
    }

    /** Pods that policies cannot tell apart share one verdict: a block for some of them, or for none seen yet, is unknown. */
    private Answer block(Peer.IpBlock block, boolean everything, LiteralCluster.Pod pod) {
        Answer plugin = pod.hostNetwork() ? cni.ipBlockMatchesNodes() : cni.ipBlockMatchesPods();
        List<Boolean> covered = cluster.alike(pod).stream()
                .flatMap(each -> each.addresses().stream())
                .filter(address -> address.family() == block.cidr().family())
                .map(address -> covers(block, address))
                .distinct()
                .toList();
        Answer byAddress = covered.size() == 1 ? Answer.of(covered.get(0)) : Answer.UNKNOWN;
        return everything ? plugin : byAddress.and(plugin);
    }

    private static boolean covers(Peer.IpBlock block, Address address) {
        return block.cidr().contains(address) && block.except().stream().noneMatch(except -> except.contains(address));
    }
}
