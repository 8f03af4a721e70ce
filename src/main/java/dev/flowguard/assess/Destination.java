package dev.flowguard.assess;

import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.List;

/** A destination of a declared flow with the ports on it and the way to it. */
record Destination(Endpoint endpoint, Protocol protocol, PortRange ports, Route route, List<Endpoint> alternatives) {
    static Destination direct(Endpoint endpoint, Protocol protocol, PortRange ports) {
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
