package dev.flowguard.kubernetes.cnp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.chain.Ports;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ports of a rule of which the schema is known to hold. A rule that lists none is for every protocol; a port by name takes its
 * protocol from the pod that declares it (OTHER-POLICIES C11).
 */
record AdminPorts(Ports numbered, List<Ports> named) {
    private static final Set<Protocol> WITH_PORTS = EnumSet.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

    static AdminPorts newer(JsonNode protocols) {
        List<Ports> numbered = new ArrayList<>();
        List<Ports> named = new ArrayList<>();
        for (JsonNode entry : protocols) {
            if (entry.hasNonNull("destinationNamedPort")) {
                named.add(new Ports.Named(
                        WITH_PORTS, entry.path("destinationNamedPort").asText()));
                continue;
            }
            for (Protocol protocol : WITH_PORTS) {
                JsonNode port = entry.path(protocol.name().toLowerCase(java.util.Locale.ROOT))
                        .path("destinationPort");
                if (port.hasNonNull("number")) {
                    numbered.add(number(protocol, port.path("number")));
                } else if (port.hasNonNull("range")) {
                    numbered.add(range(protocol, port.path("range")));
                }
            }
        }
        return of(protocols, numbered, named);
    }

    /** The schema takes any text for a protocol, and ranges that run downwards: such entries match nothing. */
    static AdminPorts older(JsonNode ports) {
        List<Ports> numbered = new ArrayList<>();
        List<Ports> named = new ArrayList<>();
        for (JsonNode entry : ports) {
            if (entry.hasNonNull("namedPort")) {
                named.add(new Ports.Named(WITH_PORTS, entry.path("namedPort").asText()));
            } else if (entry.hasNonNull("portNumber")) {
                JsonNode number = entry.path("portNumber");
                protocol(number)
                        .map(protocol -> number(protocol, number.path("port")))
                        .ifPresent(numbered::add);
            } else {
                JsonNode range = entry.path("portRange");
                protocol(range)
                        .filter(protocol ->
                                range.path("start").asInt() <= range.path("end").asInt())
                        .map(protocol -> range(protocol, range))
                        .ifPresent(numbered::add);
            }
        }
        return of(ports, numbered, named);
    }

    private static AdminPorts of(JsonNode written, List<Ports> numbered, List<Ports> named) {
        return new AdminPorts(written.isEmpty() ? Ports.EVERY : Ports.anyOf(numbered), named);
    }

    private static Optional<Protocol> protocol(JsonNode port) {
        String written = port.path("protocol").asText(Protocol.TCP.name());
        return WITH_PORTS.stream()
                .filter(protocol -> protocol.name().equals(written))
                .findFirst();
    }

    private static Ports number(Protocol protocol, JsonNode number) {
        return new Ports.Numbered(Set.of(protocol), List.of(PortRange.of(number.asInt())));
    }

    private static Ports range(Protocol protocol, JsonNode range) {
        return new Ports.Numbered(
                Set.of(protocol),
                List.of(new PortRange(
                        range.path("start").asInt(), range.path("end").asInt())));
    }
}
