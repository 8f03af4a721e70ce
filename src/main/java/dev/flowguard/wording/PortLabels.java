package dev.flowguard.wording;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import java.util.List;
import java.util.stream.Collectors;

/** How ports are written for people. */
public final class PortLabels {
    private PortLabels() {}

    /** {@code everything}; or for each protocol {@code TCP 80,8000-9000}, or {@code all UDP}. */
    public static List<String> of(PortSet ports) {
        return ports.isEvery()
                ? List.of("everything")
                : PortSet.PROTOCOLS.stream()
                        .filter(protocol -> !ports.ranges(protocol).isEmpty())
                        .map(protocol -> of(protocol, ports.ranges(protocol)))
                        .toList();
    }

    private static String of(Protocol protocol, List<PortRange> ranges) {
        return ranges.equals(List.of(PortRange.ALL))
                ? "all " + protocol
                : protocol + " " + ranges.stream().map(PortRange::toString).collect(Collectors.joining(","));
    }
}
