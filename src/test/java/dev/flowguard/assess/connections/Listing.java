package dev.flowguard.assess.connections;

import java.util.List;

/** Connections in one line each: {@code shop/web -> shop/orders: TCP 8080 ? UDP 53}. */
final class Listing {
    private Listing() {}

    static List<String> of(Connections connections) {
        return of(connections.list());
    }

    static List<String> of(List<Connection> connections) {
        return connections.stream().map(Listing::line).toList();
    }

    private static String line(Connection connection) {
        String ports = (connection.allowed().isEvery()
                        ? "everything"
                        : connection.allowed().toString())
                + (connection.undetermined().isEmpty()
                        ? ""
                        : " ? " + (connection.undetermined().isEvery() ? "everything" : connection.undetermined()));
        return name(connection.from()) + " -> " + name(connection.to()) + ": " + ports.strip();
    }

    private static String name(ConnectionEnd end) {
        return end.match(
                deployed -> deployed.namespace() + "/" + deployed.owner().name(),
                addresses -> addresses.range().toString(),
                () -> "ingress-controller");
    }
}
