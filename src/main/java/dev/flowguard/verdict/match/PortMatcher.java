package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;

/** Does this port entry speak of the traffic? SEMANTICS section "Ports". */
public final class PortMatcher {
    private final CniProfile cni;

    public PortMatcher(CniProfile cni) {
        this.cni = cni;
    }

    /** @param destination whose named ports count, for ingress and egress rules alike (SEMANTICS Q9) */
    public PortOutcome match(PortMatch port, Direction direction, Endpoint destination, Traffic traffic) {
        return port.match(
                numbered -> matchNumber(numbered, direction, traffic),
                named -> matchName(named, destination, traffic),
                every -> matchProtocol(every.protocol(), traffic),
                unknown -> PortOutcome.NOT_UNDERSTOOD);
    }

    /** Whether it speaks of the traffic as it is before a ClusterIP is translated. */
    boolean isOfClusterIp(PortMatch port, Traffic traffic) {
        int servicePort = traffic.route().clusterIpPort();
        return servicePort != 0
                && port.match(
                        numbered -> numbered.protocol() == traffic.protocol()
                                && matchNumber(numbered, PortRange.of(servicePort)) == PortOutcome.MATCHES,
                        named -> false,
                        every -> false,
                        unknown -> false);
    }

    private static PortOutcome matchProtocol(Protocol protocol, Traffic traffic) {
        if (!traffic.protocol().isInPolicies()) {
            return PortOutcome.PROTOCOL_NOT_IN_API;
        }
        return protocol == traffic.protocol() ? PortOutcome.MATCHES : PortOutcome.OTHER_PROTOCOL;
    }

    private PortOutcome matchNumber(PortMatch.Numbered port, Direction direction, Traffic traffic) {
        PortOutcome byProtocol = matchProtocol(port.protocol(), traffic);
        if (byProtocol != PortOutcome.MATCHES) {
            return byProtocol;
        }
        PortOutcome byNumber = matchNumber(port, traffic.ports());
        if (direction == Direction.EGRESS && cni.needsServicePortToBeContainerPort()) {
            int servicePort = traffic.route().clusterIpPort();
            boolean speaksOfService = servicePort != 0 && port.ports().contains(servicePort);
            if (servicePort != 0
                    && !traffic.ports().equals(PortRange.of(servicePort))
                    && (speaksOfService || byNumber == PortOutcome.MATCHES)) {
                return PortOutcome.SERVICE_PORT_DIFFERS;
            }
        }
        return byNumber;
    }

    private PortOutcome matchNumber(PortMatch.Numbered port, PortRange wanted) {
        if (!port.ports().contains(wanted)) {
            return PortOutcome.OTHER_NUMBER;
        }
        boolean onlyFirstOpens = port.fromEndPort() && !cni.supportsEndPort();
        return onlyFirstOpens && !wanted.equals(PortRange.of(port.ports().first()))
                ? PortOutcome.END_PORT_IGNORED
                : PortOutcome.MATCHES;
    }

    private PortOutcome matchName(PortMatch.Named port, Endpoint destination, Traffic traffic) {
        PortOutcome byProtocol = matchProtocol(port.protocol(), traffic);
        if (byProtocol != PortOutcome.MATCHES) {
            return byProtocol;
        }
        return destination.match(
                pods -> matchName(port, pods.workload(), traffic.ports()), addresses -> PortOutcome.NAME_WITHOUT_POD);
    }

    private PortOutcome matchName(PortMatch.Named port, Workload destination, PortRange wanted) {
        if (!cni.supportsNamedPorts()) {
            return PortOutcome.NAMED_PORTS_NOT_SUPPORTED;
        }
        List<NamedPort> declaredPorts = destination.portsNamed(port.name(), port.protocol());
        List<Integer> numbers = declaredPorts.stream()
                .filter(declared -> cni.resolvesPortsOf(declared.container()))
                .map(NamedPort::number)
                .distinct()
                .toList();
        if (numbers.isEmpty() && !declaredPorts.isEmpty()) {
            return PortOutcome.NAME_IS_OF_UNRESOLVED_CONTAINER;
        }
        if (numbers.isEmpty()) {
            return destination.ports().stream()
                            .anyMatch(declared ->
                                    declared.name().equals(port.name()) && declared.protocol() != port.protocol())
                    ? PortOutcome.NAME_IS_OF_OTHER_PROTOCOL
                    : PortOutcome.NAME_NOT_DECLARED;
        }
        boolean hit = numbers.stream().anyMatch(number -> wanted.equals(PortRange.of(number)));
        if (!hit) {
            return PortOutcome.OTHER_NUMBER;
        }
        return numbers.size() > 1 ? PortOutcome.NAME_IS_AMBIGUOUS : PortOutcome.MATCHES;
    }
}
