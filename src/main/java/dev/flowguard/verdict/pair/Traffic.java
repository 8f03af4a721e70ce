package dev.flowguard.verdict.pair;

import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;

/**
 * What is sent over a pair.
 *
 * @param ports on the destination, cut so that each rule asked speaks of all of them or of none; all ports for a protocol that has none
 */
public record Traffic(Protocol protocol, PortRange ports, IpFamily family, Route route) {
    /** {@code 8080/TCP}. */
    public String port() {
        return protocol.isInPolicies() && !ports.equals(PortRange.ALL) ? ports + "/" + protocol : protocol.toString();
    }
}
