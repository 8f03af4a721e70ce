package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.net.PortSet;
import dev.flowguard.wording.PortLabels;
import java.io.PrintWriter;
import java.util.List;

/** A drawing for Graphviz. What is undetermined is dashed; what is gained is green, what is lost red. */
final class DotGraph {
    private DotGraph() {}

    static void write(ConnectionReport report, PrintWriter out) {
        GraphNodes nodes = new GraphNodes(report);
        out.print("digraph connections {\n");
        out.print("  rankdir=LR;\n  node [shape=box];\n");
        nodes.byNamespace().forEach((namespace, inside) -> {
            out.print("  subgraph \"cluster_" + Cells.dot(namespace) + "\" {\n    label=\"" + Cells.dot(namespace)
                    + "\";\n");
            inside.forEach(node -> out.print("    " + node(node) + "\n"));
            out.print("  }\n");
        });
        nodes.others().forEach(node -> out.print("  " + node(node) + "\n"));
        for (ConnectionReport.Part part : report.parts()) {
            for (Connection connection : part.connections()) {
                String edge = "  " + nodes.id(connection.from()) + " -> " + nodes.id(connection.to());
                edge(edge, connection.allowed(), style(part.kind()), out);
                edge(edge, connection.undetermined(), style(part.kind()) + ", style=dashed", out);
            }
        }
        out.print("}\n");
    }

    private static String node(GraphNodes.Node node) {
        return node.id() + " [label=\"" + Cells.dot(node.label()) + "\"];";
    }

    private static void edge(String edge, PortSet ports, String style, PrintWriter out) {
        List<String> labels = PortLabels.of(ports);
        if (!labels.isEmpty()) {
            out.print(edge + " [label=\"" + String.join("\\n", labels) + "\"" + style + "];\n");
        }
    }

    private static String style(ConnectionReport.Kind kind) {
        return switch (kind) {
            case CONNECTIONS -> "";
            case GAINED -> ", color=darkgreen";
            case LOST -> ", color=red";
        };
    }
}
