package dev.flowguard.policy.amend;

import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What shall get through.
 *
 * @param name of the flow, as a name of the API
 * @param namespace of the pods whose policies keep it out
 * @param subjects those pods
 * @param others the other end, as a NetworkPolicy of that namespace names it; never empty
 * @param ports never empty
 */
public record Wanted(
        String name,
        Direction direction,
        String namespace,
        LabelSelector subjects,
        List<Peer> others,
        List<PortMatch> ports) {
    public Wanted {
        others = List.copyOf(others);
        ports = List.copyOf(ports);
        if (others.isEmpty() || ports.isEmpty()) {
            throw new IllegalArgumentException(
                    "A rule without peers is for anybody, and one without ports for every port");
        }
    }

    /** The namespaces in which a peer's pods are. */
    public LabelSelector namespaces(Peer.Pods peer) {
        return peer.namespaces()
                .match(() -> LabelSelector.namespaceNamed(namespace), NamespaceScope.Matching::selector);
    }

    public boolean isIngress() {
        return direction == Direction.INGRESS;
    }

    /** The ports by their protocol, for kinds whose rules name one each. */
    public Map<Protocol, List<PortMatch>> portsByProtocol() {
        Map<Protocol, List<PortMatch>> byProtocol = new EnumMap<>(Protocol.class);
        for (PortMatch port : ports) {
            List<Protocol> protocol = port.match(
                    numbered -> List.of(numbered.protocol()),
                    named -> List.of(named.protocol()),
                    every -> List.of(every.protocol()),
                    unknown -> List.of());
            protocol.forEach(each ->
                    byProtocol.computeIfAbsent(each, key -> new ArrayList<>()).add(port));
        }
        return byProtocol;
    }
}
