package dev.flowguard.cli.connections;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which connections are written, and how; for the commands that list them. */
final class ConnectionOptions {
    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Only connections with an end in this namespace.")
    @SuppressWarnings("NullAway.Init")
    private String namespace;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json, csv, dot (Graphviz) or mermaid.")
    @SuppressWarnings("NullAway.Init")
    private ConnectionFormat format;

    /** Empty where all are wanted. */
    String namespace() {
        return namespace;
    }

    /** The report to standard output, the notes beside it to standard error. */
    void write(ConnectionReport report, Stream<String> notes, CommandLine command) {
        PrintWriter out = command.getOut();
        format.write(report, out);
        out.flush();
        Stream.concat(notes, ConnectionNotes.of(report, format)).forEach(command.getErr()::println);
    }

    void write(List<ConnectionSummary.Row> summary, CommandLine command) {
        SummaryTable.write(summary, format, command.getOut());
    }
}
