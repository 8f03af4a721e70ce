package dev.flowguard.report;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.net.Plain;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.KindNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as a comment on a pull request: what it comes to, a table of flows, how to repair them, and findings. */
public final class MarkdownReport {
    private final RepairYaml repairs;

    public MarkdownReport(RepairYaml repairs) {
        this.repairs = repairs;
    }

    public String of(Report report, RepairPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("### Flowguard: " + headline(report));
        lines.add("");
        lines.add(text(report.summary()) + ".");
        if (!report.changed().isEmpty()) {
            lines.add("Changed: " + text(report.changes()) + ".");
        }
        flows(report, lines);
        repairs(plan, lines);
        findings(report, lines);
        mistakes(report, lines);
        return String.join("\n", lines) + "\n";
    }

    private static String headline(Report report) {
        Set<DeclaredFlow> failing = flows(report, entry -> entry.grade() == Grade.ERROR);
        if (!failing.isEmpty()) {
            return "this breaks " + FlowWording.counted(failing);
        }
        if (report.isFailed()) {
            return "this has a mistake that must not be made";
        }
        Set<DeclaredFlow> lost = flows(report, entry -> entry.kind() == FlowKind.NEWLY_BROKEN);
        if (!lost.isEmpty()) {
            return "this breaks " + FlowWording.counted(lost) + ", as a warning";
        }
        boolean silent = report.flows().stream().noneMatch(FlowEntry::isAmiss)
                && report.findings().isEmpty()
                && report.mistakes().isEmpty();
        return silent ? "nothing to say against this" : "no flow is lost, with remarks";
    }

    private static Set<DeclaredFlow> flows(Report report, Predicate<FlowEntry> meant) {
        return report.flows().stream().filter(meant).map(FlowEntry::flow).collect(Collectors.toSet());
    }

    private static void flows(Report report, List<String> lines) {
        if (report.flows().isEmpty()) {
            return;
        }
        lines.addAll(List.of("", "| | flow | declared by | why |", "|---|---|---|---|"));
        for (FlowEntry entry : report.flows()) {
            List<FlowEntry.Group> groups =
                    entry.groups().isEmpty() ? List.of(new FlowEntry.Group("", List.of())) : entry.groups();
            String label = entry.grade() == Grade.ERROR
                    ? "**" + entry.kind().words() + "**"
                    : entry.kind().words();
            String because = entry.because().isEmpty() ? "" : " (" + text(entry.because()) + ")";
            for (FlowEntry.Group group : groups) {
                lines.add("| " + label + because + " | " + code(group.pairs()) + " | "
                        + text(entry.flow().toString()) + " | "
                        + group.reasons().stream().map(MarkdownReport::text).collect(Collectors.joining("<br>"))
                        + " |");
            }
        }
    }

    private void repairs(RepairPlan plan, List<String> lines) {
        List<String> documents = List.copyOf(repairs.policies(plan).values());
        if (documents.isEmpty()) {
            return;
        }
        lines.addAll(List.of(
                "",
                "<details><summary>Policies that would repair "
                        + (plan.helpless().isEmpty() ? "it" : "a part of it")
                        + ", for <code>kubectl apply -f</code></summary>",
                "",
                "```yaml"));
        lines.add(documents.stream().map(String::stripTrailing).collect(Collectors.joining("\n---\n")));
        lines.addAll(List.of("```", "", "</details>"));
    }

    private static void findings(Report report, List<String> lines) {
        if (report.findings().isEmpty()) {
            return;
        }
        lines.addAll(List.of("", "| finding | policy | what and how to fix it |", "|---|---|---|"));
        for (FindingEntry entry : report.findings()) {
            Finding finding = entry.finding();
            lines.add("| " + (entry.denied() ? "**" + finding.id() + "**" : finding.id()) + " | "
                    + code(KindNames.brief(finding.policy()) + " " + finding.place()) + " | "
                    + text(finding.explanation()) + " |");
        }
    }

    private static void mistakes(Report report, List<String> lines) {
        if (report.mistakes().isEmpty()) {
            return;
        }
        lines.add("");
        report.mistakes()
                .forEach(mistake -> lines.add("- mistake in " + text(mistake.contract() + ": " + mistake.problem())));
    }

    /** In a cell nothing may end the cell, and nothing that somebody wrote into a manifest may be more than text. */
    private static String text(String text) {
        return Stream.of("\\", "`", "*", "_", "<", ">", "|", "[", "]", "#", "@")
                .reduce(Plain.lines(text), (escaped, mark) -> escaped.replace(mark, "\\" + mark))
                .replace("\n", "<br>");
    }

    private static String code(String text) {
        return text.isEmpty()
                ? ""
                : "`" + Plain.lines(text).replace("`", "'").replace("|", "\\|").replace("\n", " ") + "`";
    }
}
