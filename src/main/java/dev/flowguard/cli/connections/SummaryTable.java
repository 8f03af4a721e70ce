package dev.flowguard.cli.connections;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.config.BadInput;
import dev.flowguard.net.PortSet;
import dev.flowguard.wording.PortLabels;
import java.io.PrintWriter;
import java.util.List;

/** Writes connections that are summed up, as text or JSON. */
final class SummaryTable {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SummaryTable() {}

    static void write(List<ConnectionSummary.Row> rows, ConnectionFormat format, PrintWriter out) {
        switch (format) {
            case text -> text(rows, out);
            case json -> json(rows, out);
            default -> throw new BadInput("--by and -o " + format + " exclude each other: a summary is text or json");
        }
        out.flush();
    }

    private static void text(List<ConnectionSummary.Row> rows, PrintWriter out) {
        if (rows.isEmpty()) {
            out.print("Nothing can connect.\n");
            return;
        }
        boolean doubtful = rows.stream().anyMatch(row -> !row.undetermined().isEmpty());
        TextTable table = new TextTable();
        table.row("FROM", "TO", "CONNECTIONS", "ALLOWED", doubtful ? "UNDETERMINED" : "");
        for (ConnectionSummary.Row row : rows) {
            table.row(
                    String.join(", ", row.from()),
                    String.join(", ", row.to()),
                    Integer.toString(row.count()),
                    ports(row.allowed()),
                    ports(row.undetermined()));
        }
        table.print(out);
    }

    private static String ports(PortSet ports) {
        return String.join("; ", PortLabels.of(ports));
    }

    private static void json(List<ConnectionSummary.Row> rows, PrintWriter out) {
        ArrayNode list = NODES.arrayNode();
        for (ConnectionSummary.Row row : rows) {
            ObjectNode node = list.addObject();
            row.from().forEach(node.putArray("from")::add);
            row.to().forEach(node.putArray("to")::add);
            node.put("connections", row.count());
            node.set("allowed", JsonText.ports(row.allowed()));
            node.set("undetermined", JsonText.ports(row.undetermined()));
        }
        out.print(NODES.objectNode().<ObjectNode>set("summary", list).toPrettyString() + "\n");
    }
}
