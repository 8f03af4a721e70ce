package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionChanges;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.assess.connections.Connections;
import java.util.List;
import java.util.stream.Stream;

/** Connections in one or more parts. */
public record ConnectionReport(List<Part> parts) {
    /** What the connections of a part have in common. */
    public enum Kind {
        CONNECTIONS("connections", ""),
        GAINED("gained", "+"),
        LOST("lost", "-");

        private final String name;
        private final String sign;

        Kind(String name, String sign) {
            this.name = name;
            this.sign = sign;
        }

        String fieldName() {
            return name;
        }

        /** What stands before a line; empty where nothing is compared. */
        String sign() {
            return sign;
        }
    }

    record Part(Kind kind, List<Connection> connections) {}

    public ConnectionReport {
        parts = List.copyOf(parts);
    }

    public static ConnectionReport of(Connections connections) {
        return new ConnectionReport(List.of(new Part(Kind.CONNECTIONS, connections.list())));
    }

    public static ConnectionReport of(ConnectionChanges changes) {
        return new ConnectionReport(
                List.of(new Part(Kind.GAINED, changes.gained()), new Part(Kind.LOST, changes.lost())));
    }

    boolean isComparison() {
        return parts.get(0).kind() != Kind.CONNECTIONS;
    }

    public int size() {
        return parts.stream().mapToInt(part -> part.connections().size()).sum();
    }

    Stream<Connection> connections() {
        return parts.stream().flatMap(part -> part.connections().stream());
    }

    Stream<ConnectionEnd> ends() {
        return connections()
                .flatMap(connection -> Stream.of(connection.from(), connection.to()))
                .distinct();
    }
}
