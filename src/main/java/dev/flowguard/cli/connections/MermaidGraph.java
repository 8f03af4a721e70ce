package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.Connection;
import dev.flowguard.net.PortSet;
import dev.flowguard.wording.PortLabels;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A drawing for Mermaid, as Markdown pages show it. What is undetermined is dashed; what is gained is green, what is lost red. */
final class MermaidGraph {
    private final PrintWriter out;
    private final List<String> styles = new ArrayList<>();
    private int edges;

    private MermaidGraph(PrintWriter out) {
        this.out = out;
    }

    static void write(ConnectionReport report, PrintWriter out) {
        new MermaidGraph(out).write(report);
    }

    private void write(ConnectionReport report) {
        GraphNodes nodes = new GraphNodes(report);
        out.print("flowchart LR\n");
        nodes.byNamespace().forEach((namespace, inside) -> {
            out.print("  subgraph ns_" + namespace.replaceAll("[^A-Za-z0-9]", "_") + "[\"" + Cells.mermaid(namespace)
                    + "\"]\n");
            inside.forEach(node -> out.print("    " + node(node) + "\n"));
            out.print("  end\n");
        });
        nodes.others().forEach(node -> out.print("  " + node(node) + "\n"));
        for (ConnectionReport.Part part : report.parts()) {
            for (Connection connection : part.connections()) {
                String from = nodes.id(connection.from());
                String to = nodes.id(connection.to());
                edge(from + " -->", connection.allowed(), to, part.kind());
                edge(from + " -.->", connection.undetermined(), to, part.kind());
            }
        }
        styles.forEach(style -> out.print("  " + style + "\n"));
    }

    private static String node(GraphNodes.Node node) {
        return node.id() + "[\"" + Cells.mermaid(node.label()) + "\"]";
    }

    private void edge(String arrow, PortSet ports, String to, ConnectionReport.Kind kind) {
        List<String> labels = PortLabels.of(ports);
        if (labels.isEmpty()) {
            return;
        }
        out.print("  " + arrow + "|\"" + String.join("<br>", labels) + "\"| " + to + "\n");
        switch (kind) {
            case CONNECTIONS -> {}
            case GAINED -> styles.add("linkStyle " + edges + " stroke:green");
            case LOST -> styles.add("linkStyle " + edges + " stroke:red");
        }
        edges++;
    }
}
