package dev.flowguard.assess;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.List;

/** A destination of a declared flow with the ports on it and the way to it. */
record Destination(Endpoint endpoint, Protocol protocol, PortRange ports, Route route, List<Endpoint> alternatives) {
    static Destination direct(Endpoint endpoint, Protocol protocol, PortRange ports) {
        return new Destination(endpoint, protocol, ports, Route.DIRECT, List.of());
    }
}
