package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.wording.EndLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ends of a report as the nodes of a drawing: those of one namespace in a box, each with an id that every tool takes. */
final class GraphNodes {
    /** A node. */
    record Node(String id, String label) {}

    private final SortedMap<String, List<Node>> byNamespace = new TreeMap<>();
    private final List<Node> others = new ArrayList<>();
    private final Map<ConnectionEnd, String> ids = new HashMap<>();

    GraphNodes(ConnectionReport report) {
        EndLabels labels = new EndLabels(report.ends());
        report.ends().forEach(end -> {
            String id = "n" + ids.size();
            ids.put(end, id);
            String namespace = end.match(deployed -> deployed.namespace(), addresses -> "", () -> "");
            List<Node> nodes =
                    namespace.isEmpty() ? others : byNamespace.computeIfAbsent(namespace, key -> new ArrayList<>());
            nodes.add(new Node(id, labels.withinNamespace(end).orElseGet(() -> labels.of(end))));
        });
    }

    SortedMap<String, List<Node>> byNamespace() {
        return byNamespace;
    }

    List<Node> others() {
        return others;
    }

    String id(ConnectionEnd end) {
        return ids.getOrDefault(end, "");
    }
}
