package dev.flowguard.report;

import dev.flowguard.wording.FindingWording;
import dev.flowguard.wording.RepairWording;
import java.util.ArrayList;
import java.util.List;

/** A report for the terminal: what it comes to, then each flow of which something is to be said, then mistakes and findings. */
public final class TextReport {
    private static final String INDENT = "                ";

    private TextReport() {}

    public static List<String> of(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.summary());
        if (!report.changed().isEmpty()) {
            lines.add("  changed       " + report.changes());
        }
        report.flows().forEach(flow -> flow(flow, lines));
        report.mistakes()
                .forEach(mistake ->
                        lines.add("  mistake       " + mistake.contract().object() + ": " + mistake.problem()));
        report.findings().forEach(finding -> lines.addAll(finding(finding)));
        return lines;
    }

    /** Only what is said of flows. */
    public static List<String> flows(Report report) {
        List<String> lines = new ArrayList<>();
        report.flows().forEach(flow -> flow(flow, lines));
        return lines;
    }

    private static void flow(FlowEntry entry, List<String> lines) {
        lines.add(String.format("  %-13s %s", label(entry), entry.flow()));
        String what = entry.kind().words() + (entry.because().isEmpty() ? "" : ", but " + entry.because());
        lines.add(INDENT + what + (entry.groups().isEmpty() ? "" : ":"));
        for (FlowEntry.Group group : entry.groups()) {
            if (!group.pairs().isEmpty()) {
                lines.add(INDENT + "  " + group.pairs());
            }
            group.reasons().forEach(reason -> lines.add(INDENT + (group.pairs().isEmpty() ? "  " : "    ") + reason));
        }
        entry.repair()
                .map(RepairWording::ofBroken)
                .ifPresent(repair -> repair.forEach(line -> lines.add(INDENT + "  " + line)));
    }

    private static String label(FlowEntry entry) {
        return switch (entry.grade()) {
            case ERROR -> "BROKEN";
            case WARNING -> "warning";
            case NOTE -> entry.isAmiss() ? "note" : "repaired";
        };
    }

    private static List<String> finding(FindingEntry entry) {
        return List.of(
                String.format(
                        "  %-13s %s",
                        entry.denied() ? "DENIED" : entry.finding().severity().spelling(),
                        FindingWording.headline(entry.finding())),
                INDENT + entry.finding().place() + ": " + entry.finding().explanation());
    }
}
