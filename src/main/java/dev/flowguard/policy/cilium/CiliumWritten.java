package dev.flowguard.policy.cilium;

import dev.flowguard.net.Cidr;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.amend.Wanted;
import dev.flowguard.policy.amend.WrittenSelector;
import dev.flowguard.policy.cilium.CiliumPolicy.Rule;
import dev.flowguard.policy.cilium.CiliumSelector.Source;
import dev.flowguard.policy.cilium.CiliumSelector.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A rule, and the same as manifests have it. */
record CiliumWritten(Rule rule, Map<String, Object> written) {
    private static final int MOST_PORTS = 40;

    static boolean canSay(Wanted wanted) {
        return wanted.ports().size() <= MOST_PORTS
                && wanted.others().stream().allMatch(peer -> peer.match(pods -> true, block -> true, unknown -> false))
                && wanted.ports().stream()
                        .allMatch(
                                port -> port.match(numbered -> true, named -> false, every -> true, unknown -> false));
    }

    /** Rules that allow, for one rule names endpoints or addresses, never both (L12). */
    static List<CiliumWritten> allowing(Wanted wanted, String namespace, int at) {
        List<Peer.Pods> pods = wanted.others().stream()
                .flatMap(peer ->
                        peer.<Stream<Peer.Pods>>match(Stream::of, block -> Stream.empty(), unknown -> Stream.empty()))
                .toList();
        List<Peer.IpBlock> blocks = wanted.others().stream()
                .flatMap(peer ->
                        peer.<Stream<Peer.IpBlock>>match(each -> Stream.empty(), Stream::of, unknown -> Stream.empty()))
                .toList();
        String prefix = wanted.direction() == Direction.INGRESS ? "from" : "to";
        List<CiliumWritten> rules = new ArrayList<>();
        if (!pods.isEmpty()) {
            List<CiliumSelector> selectors =
                    pods.stream().map(peer -> ofPeer(wanted, peer, namespace)).toList();
            rules.add(of(
                    wanted,
                    at,
                    new CiliumPeers.Endpoints(selectors),
                    prefix + "Endpoints",
                    selectors.stream().map(CiliumWritten::selector).toList()));
        }
        if (!blocks.isEmpty()) {
            rules.add(of(
                    wanted,
                    at + rules.size(),
                    new CiliumPeers.Blocks(blocks.stream()
                            .<CiliumPeers.Block>map(
                                    block -> new CiliumPeers.Block.Written(block.cidr(), block.except()))
                            .toList()),
                    prefix + "CIDRSet",
                    blocks.stream().map(CiliumWritten::block).toList()));
        }
        return rules;
    }

    private static CiliumWritten of(
            Wanted wanted, int index, CiliumPeers peers, String field, List<Map<String, Object>> writtenPeers) {
        CiliumPorts ports = new CiliumPorts(
                false, false, List.of(new CiliumPorts.Group(wanted.ports(), CiliumPorts.Proxy.NONE, false)), false);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put(field, writtenPeers);
        written.put(
                "toPorts",
                List.of(Map.of(
                        "ports",
                        wanted.ports().stream().map(CiliumWritten::port).toList())));
        return new CiliumWritten(new Rule(wanted.direction(), false, index, peers, ports, List.of()), written);
    }

    static CiliumSelector ofPods(LabelSelector selector) {
        return new CiliumSelector(selector.requirements().stream()
                .map(requirement -> new Term(Source.ANY, requirement))
                .toList());
    }

    /** A namespace by its name or by its labels has keys of Cilium's own; in its own namespace a policy needs none (L6). */
    private static CiliumSelector ofPeer(Wanted wanted, Peer.Pods peer, String namespace) {
        LabelSelector namespaces = wanted.namespaces(peer);
        List<Term> terms = new ArrayList<>();
        boolean own = !namespace.isEmpty() && namespaces.equals(LabelSelector.namespaceNamed(namespace));
        if (!own) {
            namespaces.requirements().stream().map(CiliumWritten::ofNamespace).forEach(terms::add);
            if (terms.isEmpty()) {
                terms.add(new Term(Source.KUBERNETES, Requirement.exists(CiliumLabels.NAMESPACE)));
            }
        }
        terms.addAll(ofPods(peer.pods()).terms());
        return new CiliumSelector(terms);
    }

    private static Term ofNamespace(Requirement requirement) {
        String key = requirement.key().equals(LabelSelector.NAMESPACE_NAME)
                ? CiliumLabels.NAMESPACE
                : CiliumLabels.NAMESPACE_LABELS + requirement.key();
        return new Term(Source.KUBERNETES, new Requirement(key, requirement.operator(), requirement.values()));
    }

    private static Map<String, Object> selector(CiliumSelector selector) {
        return WrittenSelector.of(
                selector.terms().stream().map(Term::requirement).toList(),
                key -> key.equals(CiliumLabels.NAMESPACE) || key.startsWith(CiliumLabels.NAMESPACE_LABELS)
                        ? "k8s:" + key
                        : key);
    }

    private static Map<String, Object> block(Peer.IpBlock block) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("cidr", block.cidr().toString());
        if (!block.except().isEmpty()) {
            written.put("except", block.except().stream().map(Cidr::toString).toList());
        }
        return written;
    }

    private static Map<String, Object> port(PortMatch port) {
        Map<String, Object> written = new LinkedHashMap<>();
        Protocol protocol = port.match(
                numbered -> {
                    written.put("port", Integer.toString(numbered.ports().first()));
                    if (!numbered.ports().isSingle()) {
                        written.put("endPort", numbered.ports().last());
                    }
                    return numbered.protocol();
                },
                named -> {
                    written.put("port", named.name());
                    return named.protocol();
                },
                every -> {
                    written.put("port", "0");
                    return every.protocol();
                },
                unknown -> Protocol.TCP);
        written.put("protocol", protocol.name());
        return written;
    }
}
