package dev.flowguard.policy.calico;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.calico.CalicoRule.PortList;
import dev.flowguard.policy.chain.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which traffic a rule means (OTHER-POLICIES K21, K22). */
final class PortsMapping {
    private static final Set<Protocol> WITH_PORTS = Set.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    /** From where senders choose their ports, whatever the system. */
    private static final PortRange CHOSEN = new PortRange(1024, 65535);

    private PortsMapping() {}

    static Ports ports(CalicoRule rule) {
        List<Ports> parts = new ArrayList<>();
        if (rule.protocol() != 0) {
            parts.add(protocol(rule.protocol()));
        }
        if (rule.notProtocol() != 0) {
            parts.add(Ports.not(protocol(rule.notProtocol())));
        }
        if (rule.icmp()) {
            parts.add(new Ports.Protocols(Set.of(Protocol.ICMP)));
            parts.add(new Ports.Unclear("it is for some types of ICMP only"));
        }
        PortList ports = rule.destination().ports();
        if (!ports.isEmpty()) {
            parts.add(listed(ports, rule.protocol()));
        }
        PortList notPorts = rule.destination().notPorts();
        if (!notPorts.isEmpty()) {
            parts.add(Ports.not(listed(notPorts, rule.protocol())));
        }
        CalicoRule.Service service = rule.destination().service();
        if (!service.isAbsent() && !service.namespace().isEmpty()) {
            parts.add(new Ports.Targets(service.namespace(), service.name()));
        }
        switch (sourcePorts(rule.source())) {
            case NO -> parts.add(Ports.NONE);
            case UNKNOWN -> parts.add(new Ports.Unclear("the port that a sender chooses is not known"));
            case YES -> {
                // Whatever port the sender chooses is among them.
            }
        }
        return Ports.allOf(parts);
    }

    /** 4 or 6 where the protocol is of one family only; 0 otherwise. */
    static int familyOf(int protocol) {
        return protocol == ICMP ? 4 : protocol == ICMPV6 ? 6 : 0;
    }

    private static Ports protocol(int number) {
        return switch (number) {
            case 6 -> new Ports.Protocols(Set.of(Protocol.TCP));
            case 17 -> new Ports.Protocols(Set.of(Protocol.UDP));
            case 132 -> new Ports.Protocols(Set.of(Protocol.SCTP));
            case ICMP, ICMPV6 -> new Ports.Protocols(Set.of(Protocol.ICMP));
            default -> Ports.NONE;
        };
    }

    private static Set<Protocol> withPorts(int protocol) {
        return switch (protocol) {
            case 0 -> WITH_PORTS;
            case 6 -> Set.of(Protocol.TCP);
            case 17 -> Set.of(Protocol.UDP);
            case 132 -> Set.of(Protocol.SCTP);
            default -> Set.of();
        };
    }

    /** A name without a protocol is looked up for each of them in ways that no text promises. */
    private static Ports listed(PortList ports, int protocol) {
        Set<Protocol> protocols = withPorts(protocol);
        List<Ports> each = new ArrayList<>();
        if (!ports.ranges().isEmpty()) {
            each.add(new Ports.Numbered(protocols, ports.ranges()));
        }
        ports.names().forEach(name -> each.add(new Ports.Named(protocols, name)));
        Ports any = Ports.anyOf(each);
        return protocol == 0 ? Ports.allOf(List.of(any, new Ports.Unclear("it names ports without a protocol"))) : any;
    }

    private static Answer sourcePorts(CalicoRule.Entity source) {
        Answer among = source.ports().isEmpty() ? Answer.YES : chosenAmong(source.ports());
        Answer notAmong = source.notPorts().isEmpty()
                ? Answer.YES
                : chosenAmong(source.notPorts()).negated();
        return among.and(notAmong);
    }

    /** Whether the port that a sender chooses is on the list. */
    private static Answer chosenAmong(PortList ports) {
        int covered = CHOSEN.first();
        boolean some = !ports.names().isEmpty();
        for (PortRange range : new TreeSet<>(ports.ranges())) {
            some |= range.last() >= CHOSEN.first();
            if (range.first() <= covered) {
                covered = Math.max(covered, range.last() + 1);
            }
        }
        return covered > CHOSEN.last() ? Answer.YES : some ? Answer.UNKNOWN : Answer.NO;
    }
}
