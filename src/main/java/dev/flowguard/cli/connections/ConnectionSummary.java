package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.net.PortSet;
import dev.flowguard.wording.EndLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Connections summed up, for clusters of which nobody reads the whole list. */
final class ConnectionSummary {
    private static final String OUTSIDE = "outside";

    /** By what is summed up; the names are those of the option. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum By {
        namespace,
        owner
    }

    /**
     * Connections that have something in common.
     *
     * @param count how many there are
     */
    record Row(List<String> from, List<String> to, int count, PortSet allowed, PortSet undetermined) {}

    private record Ports(PortSet allowed, PortSet undetermined) {}

    private record Reach(List<String> to, Ports ports) {}

    private ConnectionSummary() {}

    /** @param cluster that says what a namespace has */
    static List<Row> of(List<Connection> connections, By by, Snapshot cluster) {
        return by == By.namespace ? byNamespace(connections) : byOwner(connections, inhabitants(cluster));
    }

    /** A row for each two namespaces of which something in one reaches something in the other. */
    private static List<Row> byNamespace(List<Connection> connections) {
        Map<List<String>, Row> rows = new TreeMap<>(Comparator.comparing(names -> String.join(" ", names)));
        for (Connection connection : connections) {
            String from = namespace(connection.from());
            String to = namespace(connection.to());
            rows.merge(
                    List.of(from, to),
                    new Row(List.of(from), List.of(to), 1, connection.allowed(), connection.undetermined()),
                    (one, other) -> {
                        PortSet allowed = one.allowed().or(other.allowed());
                        PortSet undetermined = one.undetermined().or(other.undetermined());
                        return new Row(
                                one.from(),
                                one.to(),
                                one.count() + other.count(),
                                allowed,
                                undetermined.without(allowed));
                    });
        }
        return List.copyOf(rows.values());
    }

    /** A row for those who reach the same, on the same ports. */
    private static List<Row> byOwner(List<Connection> connections, Map<String, Long> inhabitants) {
        EndLabels labels = new EndLabels(
                connections.stream().flatMap(connection -> Stream.of(connection.from(), connection.to())));
        Map<String, Map<Ports, SortedSet<String>>> reach = new LinkedHashMap<>();
        for (Connection connection : connections) {
            reach.computeIfAbsent(labels.of(connection.from()), from -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            new Ports(connection.allowed(), connection.undetermined()), ports -> new TreeSet<>())
                    .add(labels.of(connection.to()));
        }
        Set<Reach> all = reach.values().stream()
                .flatMap(rows -> rows.entrySet().stream())
                .map(row -> new Reach(List.copyOf(row.getValue()), row.getKey()))
                .collect(Collectors.toSet());
        reach.forEach((from, rows) -> rows.forEach((ports, to) -> withItself(from, to, ports, all)));
        Map<Reach, List<String>> sources = new LinkedHashMap<>();
        reach.forEach((from, rows) -> rows.forEach(
                (ports, to) -> sources.computeIfAbsent(new Reach(List.copyOf(to), ports), same -> new ArrayList<>())
                        .add(from)));
        List<Row> rows = new ArrayList<>();
        sources.forEach((reached, from) -> rows.add(new Row(
                whole(from, inhabitants),
                whole(reached.to(), inhabitants),
                from.size() * reached.to().size(),
                reached.ports().allowed(),
                reached.ports().undetermined())));
        return rows;
    }

    /** A single pod has no connection with itself; but for that it may reach what others reach. */
    private static void withItself(String from, SortedSet<String> to, Ports ports, Set<Reach> all) {
        SortedSet<String> more = new TreeSet<>(to);
        if (more.add(from) && all.contains(new Reach(List.copyOf(more), ports))) {
            to.add(from);
        }
    }

    /** {@code shop/*} in place of all that the namespace has. */
    private static List<String> whole(List<String> labels, Map<String, Long> inhabitants) {
        Map<String, List<String>> byNamespace = labels.stream()
                .collect(Collectors.groupingBy(
                        label -> label.substring(0, Math.max(0, label.indexOf('/'))),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<String> names = new ArrayList<>();
        byNamespace.forEach((namespace, members) -> {
            if (members.size() > 1 && members.size() == inhabitants.getOrDefault(namespace, 0L)) {
                names.add(namespace + "/*");
            } else {
                names.addAll(members);
            }
        });
        return names;
    }

    private static Map<String, Long> inhabitants(Snapshot cluster) {
        return cluster.namespaces().stream()
                .collect(Collectors.toMap(
                        NamespaceShard::name,
                        shard -> shard.workloads().stream()
                                .flatMap(workload -> workload.owners().stream())
                                .distinct()
                                .count()));
    }

    private static String namespace(ConnectionEnd end) {
        return end.match(ConnectionEnd.Deployed::namespace, addresses -> OUTSIDE, () -> EndLabels.INGRESS_CONTROLLER);
    }
}
