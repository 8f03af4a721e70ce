package dev.flowguard.cli.connections;

import dev.flowguard.assess.connections.ConnectionChanges;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import dev.flowguard.assess.connections.Connections;
import dev.flowguard.contract.ObjectRef;
import java.util.stream.Stream;

/** What is worth saying beside a report; it goes to standard error, whatever the format. */
public final class ConnectionNotes {
    /** More edges than that Mermaid refuses to draw, unless it is configured otherwise. */
    private static final int MOST_MERMAID_EDGES = 500;

    private ConnectionNotes() {}

    public static Stream<String> of(Connections connections) {
        return connections.divided().stream()
                .map(end ->
                        "note: the pods of " + name(end) + " differ in labels, ports or network, as during a rollout:"
                                + " what only some of them can do is undetermined");
    }

    public static Stream<String> of(ConnectionChanges changes) {
        return Stream.concat(
                changes.appeared().stream().map(end -> "note: " + name(end) + " is new"),
                changes.vanished().stream().map(end -> "note: " + name(end) + " is gone"));
    }

    public static Stream<String> of(ConnectionReport report, ConnectionFormat format) {
        return format == ConnectionFormat.mermaid && report.size() > MOST_MERMAID_EDGES
                ? Stream.of("note: " + report.size() + " connections; Mermaid draws at most " + MOST_MERMAID_EDGES
                        + " unless its maxEdges is raised: narrow the drawing down with --namespace")
                : Stream.empty();
    }

    private static ObjectRef name(Deployed end) {
        return new ObjectRef(end.owner().kind(), end.namespace(), end.owner().name());
    }
}
