package dev.flowguard.binding;

import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Route;
import java.util.List;

/** A destination of a declared flow with the ports on it and the way to it. */
public record Destination(
        Endpoint endpoint, Protocol protocol, PortRange ports, Route route, List<Endpoint> alternatives) {
    public static Destination direct(Endpoint endpoint, Protocol protocol, PortRange ports) {
        return new Destination(endpoint, protocol, ports, Route.DIRECT, List.of());
    }

    /** The alternatives that traffic of that family can take. */
    List<Endpoint> alternatives(IpFamily family) {
        return alternatives.isEmpty()
                ? alternatives
                : alternatives.stream()
                        .filter(alternative -> alternative.match(
                                pods -> true, addresses -> addresses.range().family() == family))
                        .toList();
    }
}
