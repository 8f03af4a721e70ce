package dev.flowguard.assess.connections;

import dev.flowguard.net.PortSet;
import dev.flowguard.verdict.match.Allowance;
import java.util.Optional;

/**
 * What one end can send to another.
 *
 * @param allowed ports that are surely open
 * @param undetermined ports of which it cannot be known from the API alone; none of them is in {@code allowed}
 */
public record Connection(ConnectionEnd from, ConnectionEnd to, PortSet allowed, PortSet undetermined) {
    /** Empty where nothing can be sent. */
    static Optional<Connection> of(ConnectionEnd from, ConnectionEnd to, Allowance allowance) {
        return allowance.isNothing()
                ? Optional.empty()
                : Optional.of(new Connection(from, to, allowance.sure(), allowance.undetermined()));
    }
}
