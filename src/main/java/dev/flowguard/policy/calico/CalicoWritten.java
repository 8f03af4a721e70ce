package dev.flowguard.policy.calico;

import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.calico.CalicoRule.Entity;
import dev.flowguard.policy.calico.CalicoRule.PortList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule, and the same as manifests have it. */
record CalicoWritten(CalicoRule rule, Map<String, Object> written) {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    /**
     * A rule that allows.
     *
     * @param ports of whoever receives; none for every port
     */
    static CalicoWritten allowing(
            int index, boolean ingress, Protocol protocol, Entity own, Entity other, List<PortRange> ports) {
        Entity receiver = withPorts(ingress ? own : other, ports);
        Entity source = ingress ? other : own;
        CalicoRule rule = new CalicoRule(
                index, CalicoRule.Action.ALLOW, 0, number(protocol), 0, false, source, receiver, false, List.of());
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("action", CalicoRule.Action.ALLOW.spelling());
        written.put("protocol", protocol.name());
        put(written, "source", source);
        put(written, "destination", receiver);
        return new CalicoWritten(rule, written);
    }

    static Entity entity(CalicoSelector selector, CalicoSelector namespaceSelector) {
        return new Entity(
                selector,
                CalicoSelector.ABSENT,
                namespaceSelector,
                List.of(),
                CalicoSelector.ABSENT,
                List.of(),
                List.of(),
                PortList.NONE,
                PortList.NONE,
                CalicoRule.Service.NONE);
    }

    static Entity block(Peer.IpBlock block) {
        return new Entity(
                CalicoSelector.ABSENT,
                CalicoSelector.ABSENT,
                CalicoSelector.ABSENT,
                List.of(),
                CalicoSelector.ABSENT,
                List.of(block.cidr()),
                block.except(),
                PortList.NONE,
                PortList.NONE,
                CalicoRule.Service.NONE);
    }

    private static Entity withPorts(Entity entity, List<PortRange> ports) {
        return new Entity(
                entity.selector(),
                entity.notSelector(),
                entity.namespaceSelector(),
                entity.accounts(),
                entity.accountSelector(),
                entity.nets(),
                entity.notNets(),
                new PortList(ports, List.of()),
                entity.notPorts(),
                entity.service());
    }

    private static int number(Protocol protocol) {
        return switch (protocol) {
            case TCP -> TCP;
            case UDP -> UDP;
            case SCTP -> SCTP;
            default -> throw new IllegalArgumentException(protocol + " has no ports");
        };
    }

    private static void put(Map<String, Object> rule, String field, Entity entity) {
        Map<String, Object> written = new LinkedHashMap<>();
        if (!entity.selector().isAbsent()) {
            written.put("selector", entity.selector().text());
        }
        if (!entity.namespaceSelector().isAbsent()) {
            written.put("namespaceSelector", entity.namespaceSelector().text());
        }
        if (!entity.nets().isEmpty()) {
            written.put("nets", entity.nets().stream().map(Cidr::toString).toList());
        }
        if (!entity.notNets().isEmpty()) {
            written.put("notNets", entity.notNets().stream().map(Cidr::toString).toList());
        }
        if (!entity.ports().isEmpty()) {
            written.put(
                    "ports",
                    entity.ports().ranges().stream()
                            .map(range ->
                                    range.isSingle() ? (Object) range.first() : range.first() + ":" + range.last())
                            .toList());
        }
        if (!written.isEmpty()) {
            rule.put(field, written);
        }
    }
}
