package dev.flowguard.wording;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.pair.Traffic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The ports of several pairs as people write them: neighbours as one range, every port of every protocol as such. */
final class Ports {
    private static final String EVERY = "every port";

    private Ports() {}

    /** {@code 8080/TCP}, {@code 53/TCP,53/UDP}, {@code 8000-9000/TCP}. */
    static String of(List<Traffic> traffic) {
        Map<Protocol, SortedSet<PortRange>> byProtocol = new EnumMap<>(Protocol.class);
        for (Traffic each : traffic) {
            byProtocol
                    .computeIfAbsent(each.protocol(), protocol -> new TreeSet<>())
                    .add(each.ports());
        }
        long whole = byProtocol.entrySet().stream()
                .filter(entry -> entry.getKey().isInPolicies())
                .filter(entry -> PortRange.joined(entry.getValue()).equals(List.of(PortRange.ALL)))
                .count();
        if (whole == 3) {
            return EVERY;
        }
        return byProtocol.entrySet().stream()
                .flatMap(entry -> PortRange.joined(entry.getValue()).stream().map(ports -> text(ports, entry.getKey())))
                .collect(Collectors.joining(","));
    }

    /** The same, where some ports matter more than others: {@code 5432/TCP and every other port}. */
    static String of(List<Traffic> traffic, List<ServedPorts.Served> served) {
        String all = of(traffic);
        boolean areAllNamed = traffic.stream().allMatch(each -> each.ports().isSingle());
        List<String> open = served.stream()
                .filter(port -> traffic.stream()
                        .anyMatch(each -> each.protocol() == port.protocol()
                                && each.ports().contains(port.number())))
                .map(port -> port.number() + "/" + port.protocol())
                .distinct()
                .toList();
        if (areAllNamed || open.isEmpty()) {
            return all;
        }
        return String.join(",", open) + (all.equals(EVERY) ? " and every other port" : " and others");
    }

    private static String text(PortRange ports, Protocol protocol) {
        return ports.equals(PortRange.ALL) ? protocol.toString() : ports + "/" + protocol;
    }
}
