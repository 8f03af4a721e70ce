package dev.flowguard.assess;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** How a rule names the ports that are cut. */
final class RepairPorts {
    private RepairPorts() {}

    /** Neighbours as one range: the pairs of a flow are cut wherever a policy in force tells ports apart. */
    static List<PortRange> joined(SortedSet<PortRange> ranges) {
        List<PortRange> joined = new ArrayList<>();
        for (PortRange range : ranges) {
            PortRange last = joined.isEmpty() ? range : joined.get(joined.size() - 1);
            if (!joined.isEmpty() && range.first() <= last.last() + 1) {
                joined.set(joined.size() - 1, new PortRange(last.first(), Math.max(last.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    static PortMatch match(Protocol protocol, PortRange range) {
        return range.equals(PortRange.ALL)
                ? new PortMatch.EveryPort(protocol)
                : new PortMatch.Numbered(protocol, range, !range.isSingle());
    }
}
