package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.wording.EndLabels;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line for each connection, certainty and protocol; ports are separated by blanks.
 */
final class CsvTable {
    private static final List<String> END_FIELDS = List.of("namespace", "name", "kind", "addresses");

    private CsvTable() {}

    static void write(ConnectionReport report, PrintWriter out) {
        List<String> heading = new ArrayList<>();
        if (report.isComparison()) {
            heading.add("change");
        }
        END_FIELDS.forEach(field -> heading.add("from_" + field));
        END_FIELDS.forEach(field -> heading.add("to_" + field));
        heading.addAll(List.of("answer", "protocol", "ports"));
        print(heading, out);
        for (ConnectionReport.Part part : report.parts()) {
            List<String> change = report.isComparison() ? List.of(part.kind().fieldName()) : List.of();
            for (Connection connection : part.connections()) {
                print(change, connection, "allowed", connection.allowed(), out);
                print(change, connection, "undetermined", connection.undetermined(), out);
            }
        }
    }

    private static void print(
            List<String> change, Connection connection, String answer, PortSet ports, PrintWriter out) {
        for (Protocol protocol : PortSet.PROTOCOLS) {
            List<PortRange> ranges = ports.ranges(protocol);
            if (!ranges.isEmpty()) {
                List<String> fields = new ArrayList<>(change);
                fields.addAll(end(connection.from()));
                fields.addAll(end(connection.to()));
                fields.add(answer);
                fields.add(protocol.name());
                fields.add(ranges.stream().map(PortRange::toString).collect(Collectors.joining(" ")));
                print(fields, out);
            }
        }
    }

    private static List<String> end(ConnectionEnd end) {
        return end.match(
                deployed -> List.of(
                        deployed.namespace(),
                        deployed.owner().name(),
                        deployed.owner().kind(),
                        ""),
                addresses -> List.of("", "", "", JsonText.addresses(addresses.range())),
                () -> List.of("", EndLabels.INGRESS_CONTROLLER, "IngressController", ""));
    }

    private static void print(List<String> fields, PrintWriter out) {
        out.print(fields.stream().map(Cells::csv).collect(Collectors.joining(",")) + "\n");
    }
}
