package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.net.PortSet;
import dev.flowguard.wording.EndLabels;
import dev.flowguard.wording.PortLabels;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A line for each connection, in columns. In a comparison each begins with {@code +} or {@code -}. */
final class TextTable {
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable() {}

    static void write(ConnectionReport report, PrintWriter out) {
        if (report.size() == 0) {
            out.print(report.isComparison() ? "No connection is gained or lost.\n" : "Nothing can connect.\n");
            return;
        }
        TextTable table = new TextTable();
        boolean doubtful = report.connections()
                .anyMatch(connection -> !connection.undetermined().isEmpty());
        String sign = report.isComparison() ? "  " : "";
        table.rows.add(List.of(sign + "FROM", "TO", "ALLOWED", doubtful ? "UNDETERMINED" : ""));
        EndLabels labels = new EndLabels(report.ends());
        for (ConnectionReport.Part part : report.parts()) {
            for (Connection connection : part.connections()) {
                String start = report.isComparison() ? part.kind().sign() + " " : "";
                table.rows.add(List.of(
                        start + labels.of(connection.from()),
                        labels.of(connection.to()),
                        ports(connection.allowed()),
                        ports(connection.undetermined())));
            }
        }
        table.print(out);
    }

    private static String ports(PortSet ports) {
        return String.join("; ", PortLabels.of(ports));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + GAP));
            }
            out.print(line.toString().stripTrailing() + "\n");
        }
    }
}
