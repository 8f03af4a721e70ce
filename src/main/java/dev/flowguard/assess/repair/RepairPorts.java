package dev.flowguard.assess.repair;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;

/** How a rule names the ports that are cut. */
final class RepairPorts {
    private RepairPorts() {}

    static PortMatch match(Protocol protocol, PortRange range) {
        return range.equals(PortRange.ALL)
                ? new PortMatch.EveryPort(protocol)
                : new PortMatch.Numbered(protocol, range, !range.isSingle());
    }
}
