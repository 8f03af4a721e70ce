package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.cilium.CiliumPolicy;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.HostNetworkGroup;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;

/** Is this peer the other end? SEMANTICS sections "Peers", "Address blocks" and rows N4, N5. */
public final class PeerMatcher {
    /** Whether blocks match the addresses of pods, and those of nodes. */
    private record Reach(Answer pods, Answer nodes) {}

    private final Snapshot cluster;
    private final CniProfile cni;
    private final Reach asPlugin;

    /** Whether a selector that only excludes matches what is no pod too (OTHER-POLICIES L11). */
    private final boolean exclusionsReachBeyondPods;

    public PeerMatcher(Snapshot cluster) {
        this.cluster = cluster;
        this.cni = cluster.cni();
        Plugin plugin = cluster.surroundings().plugin();
        this.asPlugin = new Reach(plugin.ipBlockMatchesPods(), plugin.ipBlockMatchesNodes());
        this.exclusionsReachBeyondPods = CiliumPolicy.exclusionsReachBeyondPods(cluster.surroundings());
    }

    public PeerOutcome match(Peer peer, String policyNamespace, Direction direction, Endpoint other, Traffic traffic) {
        return peer.match(
                pods -> matchPods(pods, policyNamespace, other),
                block -> matchBlock(block, asPlugin, direction, other, traffic),
                unknown -> PeerOutcome.NOT_UNDERSTOOD);
    }

    /** Whether one of the blocks, of a policy of any kind, holds the other end. */
    public Answer match(Ends.Addresses blocks, Direction direction, Endpoint other, Traffic traffic) {
        Reach reach = new Reach(blocks.pods(), blocks.nodes());
        Answer answer = Answer.NO;
        for (Peer.IpBlock block : blocks.blocks()) {
            answer = answer.or(
                    matchBlock(block, reach, direction, other, traffic).answer());
        }
        return answer;
    }

    /** Whether the block holds whatever address of that family a pod may have. */
    public Answer matchSomePod(Peer.IpBlock block, IpFamily family) {
        return matchSomePod(block, family, asPlugin.pods());
    }

    /** @param pods whether a pod is matched by its address */
    public static Answer matchSomePod(Peer.IpBlock block, IpFamily family, Answer pods) {
        if (family != block.cidr().family() || pods.isNo()) {
            return Answer.NO;
        }
        return coversTheFamily(block) ? pods : Answer.UNKNOWN;
    }

    /** Whether it is a block for the ClusterIP that the sender addresses, and nobody knows whether the plugin sees that. */
    boolean mayBeClusterIp(Peer peer, Traffic traffic) {
        return cni.ipBlockMatchesClusterIps() == Answer.UNKNOWN
                && peer.match(
                        pods -> false,
                        block -> block.cidr().family() == traffic.family() && coversClusterIp(block, traffic),
                        unknown -> false);
    }

    private static boolean coversClusterIp(Peer.IpBlock block, Traffic traffic) {
        return traffic.route().clusterIps().stream().anyMatch(clusterIp -> covers(block, clusterIp));
    }

    private PeerOutcome matchPods(Peer.Pods peer, String policyNamespace, Endpoint other) {
        boolean anyWhoLacksLabels = reachesBeyondPods(peer);
        return other.match(
                pods -> {
                    PeerOutcome byLabels = matchPods(peer, policyNamespace, pods.workload());
                    boolean isSure = !anyWhoLacksLabels || byLabels.answer().isYes();
                    if (isSure) {
                        return byLabels;
                    }
                    return pods.workload().hostNetwork() ? PeerOutcome.MATCHES : PeerOutcome.ONLY_EXCLUDES;
                },
                addresses -> anyWhoLacksLabels || HostNetworkGroup.standsForNodes(peer, addresses, cluster)
                        ? PeerOutcome.MATCHES
                        : PeerOutcome.NOT_A_POD);
    }

    /** Whether on this plugin the peer may be anybody who has none of the labels that it names. */
    public boolean reachesBeyondPods(Peer.Pods peer) {
        return exclusionsReachBeyondPods
                && peer.namespaces()
                        .match(() -> false, matching -> matching.selector().onlyExcludes())
                && (peer.pods().selectsEverything() || peer.pods().onlyExcludes());
    }

    private PeerOutcome matchPods(Peer.Pods peer, String policyNamespace, Workload workload) {
        if (workload.hostNetwork() && HostNetworkGroup.standsFor(peer, workload, cluster)) {
            return PeerOutcome.MATCHES;
        }
        boolean inScope = peer.namespaces()
                .match(
                        () -> workload.namespace().equals(policyNamespace),
                        matching -> isInNamespace(matching.selector(), workload));
        if (!inScope) {
            return PeerOutcome.OTHER_NAMESPACE;
        }
        if (!peer.pods().matches(workload.labels())) {
            return PeerOutcome.OTHER_LABELS;
        }
        return workload.hostNetwork() ? PeerOutcome.POD_ON_HOST_NETWORK : PeerOutcome.MATCHES;
    }

    private boolean isInNamespace(LabelSelector selector, Workload workload) {
        return selector.selectsEverything()
                || cluster.namespace(workload.namespace())
                        .map(NamespaceShard::entry)
                        .map(entry -> selector.matches(entry.labels()))
                        .orElse(false);
    }

    private PeerOutcome matchBlock(
            Peer.IpBlock block, Reach reach, Direction direction, Endpoint other, Traffic traffic) {
        if (block.cidr().family() != traffic.family()) {
            return PeerOutcome.OTHER_FAMILY;
        }
        if (direction == Direction.INGRESS && traffic.route().rewritesSource() && !isPod(other)) {
            return matchRewritten(block, reach);
        }
        PeerOutcome byAddress = other.match(
                pods -> matchBlock(block, reach, pods.workload(), traffic),
                addresses -> matchBlock(block, reach, addresses));
        if (byAddress.answer().isYes() || direction == Direction.INGRESS) {
            return byAddress;
        }
        return coversClusterIp(block, traffic) ? byClusterIp(byAddress) : byAddress;
    }

    /** The sender's address or that of some node is seen: only a block for both is sure to match. */
    private static PeerOutcome matchRewritten(Peer.IpBlock block, Reach reach) {
        return coversTheFamily(block) && reach.nodes().isYes()
                ? PeerOutcome.MATCHES
                : PeerOutcome.SOURCE_MAY_BE_REWRITTEN;
    }

    /** Whether the plugin compares the address before translation, which the block covers. */
    private PeerOutcome byClusterIp(PeerOutcome byAddress) {
        return switch (cni.ipBlockMatchesClusterIps()) {
            case YES -> PeerOutcome.MATCHES;
            case UNKNOWN -> PeerOutcome.BLOCK_COVERS_CLUSTER_IP;
            case NO -> byAddress;
        };
    }

    private static PeerOutcome matchBlock(Peer.IpBlock block, Reach reach, Endpoint.Addresses other) {
        AddressRange range = other.range();
        if (!block.cidr().range().contains(range)) {
            return PeerOutcome.NOT_IN_BLOCK;
        }
        if (block.except().stream().anyMatch(except -> except.range().contains(range))) {
            return PeerOutcome.EXCEPTED;
        }
        return other.ofNode()
                ? byPlugin(reach.nodes(), PeerOutcome.BLOCK_COVERS_NODE, PeerOutcome.BLOCKS_ARE_NOT_FOR_NODES)
                : PeerOutcome.MATCHES;
    }

    /** A pod is compared by its addresses; one on the host network has its node's. */
    private PeerOutcome matchBlock(Peer.IpBlock block, Reach reach, Workload workload, Traffic traffic) {
        Answer plugin = workload.hostNetwork() ? reach.nodes() : reach.pods();
        PeerOutcome refused =
                workload.hostNetwork() ? PeerOutcome.BLOCKS_ARE_NOT_FOR_NODES : PeerOutcome.BLOCKS_ARE_NOT_FOR_PODS;
        PeerOutcome open = workload.hostNetwork() ? PeerOutcome.BLOCK_COVERS_NODE : PeerOutcome.BLOCK_COVERS_PODS;
        if (coversTheFamily(block)) {
            return byPlugin(plugin, open, refused);
        }
        int addresses = workload.addressesIn(AddressRange.all(traffic.family()));
        if (addresses == 0) {
            if (plugin.isNo()) {
                return refused;
            }
            return !workload.hostNetwork() && coversPodRanges(block, traffic.family())
                    ? byPlugin(plugin, open, refused)
                    : byPodRanges(block, traffic.family());
        }
        int inside = workload.addressesIn(block.cidr().range());
        int covered = inside - excepted(block, workload);
        if (covered == 0) {
            return inside > 0 ? PeerOutcome.EXCEPTED : PeerOutcome.NOT_IN_BLOCK;
        }
        if (covered < addresses) {
            return plugin.isNo() ? refused : PeerOutcome.BLOCK_COVERS_SOME_PODS;
        }
        return byPlugin(plugin, open, refused);
    }

    /** Whether the block holds whatever address any node gives to its pods: it means the pods then, those that are yet to come included. */
    private boolean coversPodRanges(Peer.IpBlock block, IpFamily family) {
        List<Fact.Node> nodes = cluster.nodes();
        return !nodes.isEmpty()
                && nodes.stream()
                        .allMatch(node -> node.podRanges().stream()
                                .filter(range -> range.family() == family)
                                .map(range -> block.cidr().range().contains(range.range())
                                        && block.except().stream()
                                                .noneMatch(
                                                        except -> except.range().overlaps(range.range())))
                                .reduce((one, other) -> one && other)
                                .orElse(false));
    }

    /** Where pods get addresses from other ranges than nodes say, as some plugins do, it is not sure. */
    private PeerOutcome byPodRanges(Peer.IpBlock block, IpFamily family) {
        List<AddressRange> ranges = cluster.podRanges().stream()
                .map(Cidr::range)
                .filter(range -> range.family() == family)
                .toList();
        boolean outside = !ranges.isEmpty()
                && ranges.stream()
                        .allMatch(range -> !block.cidr().range().overlaps(range)
                                || block.except().stream()
                                        .anyMatch(except -> except.range().contains(range)));
        return outside ? PeerOutcome.NOT_IN_POD_RANGES : PeerOutcome.POD_ADDRESS_NOT_KNOWN;
    }

    private static PeerOutcome byPlugin(Answer plugin, PeerOutcome open, PeerOutcome refused) {
        return switch (plugin) {
            case YES -> PeerOutcome.MATCHES;
            case UNKNOWN -> open;
            case NO -> refused;
        };
    }

    /** Two blocks are apart, or one lies in the other: counting the outer ones counts each address once. */
    private static int excepted(Peer.IpBlock block, Workload workload) {
        return block.except().stream()
                .distinct()
                .filter(except -> block.except().stream().noneMatch(outer -> outer.strictlyContains(except)))
                .mapToInt(except -> workload.addressesIn(except.range()))
                .sum();
    }

    private static boolean covers(Peer.IpBlock block, Address address) {
        return block.cidr().contains(address) && block.except().stream().noneMatch(except -> except.contains(address));
    }

    /** {@code 0.0.0.0/0} or {@code ::/0} without exceptions: it covers whatever address a pod will get (SEMANTICS B7). */
    private static boolean coversTheFamily(Peer.IpBlock block) {
        Cidr cidr = block.cidr();
        return cidr.prefix() == 0 && block.except().isEmpty();
    }

    private static boolean isPod(Endpoint endpoint) {
        return endpoint.match(pods -> true, addresses -> false);
    }
}
