package dev.flowguard.kubernetes.cilium;

import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.cilium.CiliumPorts;
import dev.flowguard.policy.cilium.CiliumPorts.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** The ports of one rule. */
final class RulePorts {
    private static final String EVERY_NAME = "*";
    private static final int DNS_PORT = 53;

    private final Part rule;

    RulePorts(Part rule) {
        this.rule = rule;
    }

    CiliumPorts ports(boolean denies) {
        boolean authenticated = !denies
                && Set.of("required", "test-always-fail")
                        .contains(rule.field("authentication").text("mode"));
        boolean icmp = !rule.items("icmps").isEmpty();
        List<Part> entries = rule.items("toPorts");
        return new CiliumPorts(
                entries.isEmpty() && !icmp,
                icmp,
                entries.stream().map(entry -> group(entry, denies)).toList(),
                authenticated);
    }

    private static CiliumPorts.Group group(Part entry, boolean denies) {
        List<PortMatch> ports = new ArrayList<>();
        for (Part port : entry.items("ports")) {
            for (Protocol protocol : protocols(port.text("protocol"))) {
                ports.add(port(port, protocol));
            }
        }
        return new CiliumPorts.Group(
                ports,
                denies ? Proxy.NONE : proxy(entry),
                !entry.field("rules").items("dns").isEmpty());
    }

    /** Without a protocol the three are meant that have ports (OTHER-POLICIES L16); others are none that a flow may have. */
    private static List<Protocol> protocols(String written) {
        return switch (written) {
            case "", "ANY" -> List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);
            case "TCP" -> List.of(Protocol.TCP);
            case "UDP" -> List.of(Protocol.UDP);
            case "SCTP" -> List.of(Protocol.SCTP);
            default -> List.of();
        };
    }

    private static PortMatch port(Part port, Protocol protocol) {
        String text = port.text("port");
        OptionalInt number = CiliumSyntax.portNumber(text);
        if (CiliumSyntax.isPortName(text) || number.isEmpty()) {
            return new PortMatch.Named(protocol, text.toLowerCase(Locale.ROOT));
        }
        int first = number.getAsInt();
        if (first == 0) {
            return new PortMatch.EveryPort(protocol);
        }
        int last = port.value().path("endPort").asInt();
        return new PortMatch.Numbered(protocol, new PortRange(first, Math.max(first, last)), last > first);
    }

    private static Proxy proxy(Part entry) {
        Part rules = entry.field("rules");
        if (entry.has("listener")) {
            return Proxy.LISTENER;
        } else if (!rules.items("http").isEmpty()) {
            return Proxy.HTTP;
        } else if (!rules.items("dns").isEmpty()) {
            return letsAllNamesPass(entry) ? Proxy.NONE : Proxy.DNS;
        } else if (!rules.items("kafka").isEmpty()) {
            return Proxy.KAFKA;
        } else if (!rules.text("l7proto").isEmpty()) {
            return Proxy.OTHER;
        } else if (!entry.items("serverNames").isEmpty()) {
            return Proxy.SERVER_NAMES;
        }
        return entry.has("terminatingTLS") || entry.has("originatingTLS") ? Proxy.TLS : Proxy.NONE;
    }

    /** For the port of DNS, so that nothing but DNS is expected there (OTHER-POLICIES L18). */
    private static boolean letsAllNamesPass(Part entry) {
        return entry.field("rules").items("dns").stream()
                        .anyMatch(each -> each.text("matchPattern").equals(EVERY_NAME))
                && entry.items("ports").stream()
                        .allMatch(port ->
                                CiliumSyntax.portNumber(port.text("port")).orElse(0) == DNS_PORT);
    }
}
