package dev.flowguard.cli.connections;

import java.io.PrintWriter;
import java.util.function.BiConsumer;

/** The formats in which connections are written; the names are those of the option. */
@SuppressWarnings("checkstyle:ConstantName")
public enum ConnectionFormat {
    text(TextTable::write),
    json(JsonText::write),
    csv(CsvTable::write),
    dot(DotGraph::write),
    mermaid(MermaidGraph::write);

    @SuppressWarnings("ImmutableEnumChecker") // Writers keep nothing.
    private final BiConsumer<ConnectionReport, PrintWriter> writer;

    ConnectionFormat(BiConsumer<ConnectionReport, PrintWriter> writer) {
        this.writer = writer;
    }

    public void write(ConnectionReport report, PrintWriter out) {
        writer.accept(report, out);
    }
}
