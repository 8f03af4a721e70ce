package dev.flowguard.cli.check;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.repair.NoRule;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cli.input.ClusterNotes;
import dev.flowguard.cli.input.ManifestInput;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.report.Grade;
import dev.flowguard.report.TextReport;
import dev.flowguard.wording.FindingWording;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.RepairWording;
import dev.flowguard.wording.SetAsideWording;
import dev.flowguard.wording.StandingWording;
import dev.flowguard.wording.UnboundWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code check} prints for people. */
final class CheckText {
    private CheckText() {}

    /** What was looked at: it shows at once where a folder was read that is not the one meant. */
    static String read(Snapshot cluster, String origin) {
        return "Read " + ClusterNotes.read(cluster) + " from "
                + (origin.equals(ManifestInput.STANDARD_INPUT) ? "standard input" : origin) + "; network plugin "
                + cluster.cni().configuredName();
    }

    /** What to do where there is no contract. */
    static String nothingDeclared() {
        return "Nothing is declared here, so that only findings and implied flows are told: `flowguard suggest` writes"
                + " contracts of what is allowed today, to start from";
    }

    /**
     * The state: a summary, then every flow that is not satisfied with its reasons, then mistakes in contracts and what is found
     * in policies.
     */
    static List<String> state(
            Snapshot cluster,
            List<FlowStanding> standings,
            List<Contract> contracts,
            List<Finding> findings,
            Function<DeclaredFlow, Optional<Repair>> repairs) {
        List<String> lines = new ArrayList<>();
        lines.add(StandingWording.summary(standings));
        SetAsideWording.of(cluster.ruled()).forEach(line -> lines.add("  " + line));
        for (FlowStanding standing : standings) {
            boolean implied = standing.flow().contract().source().isImplied();
            if (implied ? standing.state() == FlowState.BROKEN : standing.state() != FlowState.SATISFIED) {
                List<String> text = StandingWording.of(standing, cluster);
                lines.add("  " + text.get(0));
                text.subList(1, text.size()).forEach(line -> lines.add("                " + line));
                repair(standing, repairs, cluster).forEach(line -> lines.add("                " + line));
            }
        }
        mistakes(contracts).forEach(mistake -> lines.add("  mistake       " + mistake));
        findings.forEach(finding -> lines.addAll(finding(finding)));
        return lines;
    }

    private static List<String> repair(
            FlowStanding standing, Function<DeclaredFlow, Optional<Repair>> repairs, Snapshot cluster) {
        return standing.state() == FlowState.BROKEN
                ? repairs.apply(standing.flow())
                        .map(RepairWording::ofBroken)
                        .orElseGet(() -> NoRule.of(standing, cluster).map(RepairWording::of).stream()
                                .toList())
                : List.of();
    }

    private static List<String> finding(Finding finding) {
        return List.of(
                String.format("  %-13s %s", finding.severity().spelling(), FindingWording.headline(finding)),
                "                " + finding.place() + ": " + finding.explanation());
    }

    static Stream<String> mistakes(List<Contract> contracts) {
        return contracts.stream()
                .flatMap(contract -> contract.problems().stream()
                        .map(problem -> contract.source().object() + ": " + problem));
    }

    static List<String> step(CheckedStep step) {
        return step.match(
                CheckText::judged,
                CheckText::compared,
                applied -> List.of("APPLIED   " + applied.what() + "   (" + applied.origin() + ", breaks nothing)"));
    }

    private static List<String> compared(CheckedStep.Compared step) {
        List<String> lines = new ArrayList<>();
        boolean warns = step.report().flows().stream().anyMatch(flow -> flow.grade() == Grade.WARNING);
        String label = step.report().isFailed() ? "BREAKS" : warns ? "WARNED" : "APPLIED";
        lines.add(String.format("%-9s %s   (%s)", label, step.what(), step.origin()));
        lines.addAll(TextReport.flows(step.report()));
        return lines;
    }

    /** @param others how many objects of each kind there are that tell nothing about traffic */
    static String nothingIn(String file, SortedMap<String, Integer> others) {
        String name = file.equals(ManifestInput.STANDARD_INPUT) ? "standard input" : file;
        String only = others.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        return "NOTHING   to judge   (" + name + " holds nothing that concerns traffic, only " + only + ")";
    }

    private static List<String> judged(CheckedStep.Judged step) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-9s %s   (%s)", answer(step), step.what(), step.origin()));
        step.said().message().lines().forEach(line -> lines.add("  " + line));
        step.said().unabridged().forEach(warning -> lines.add("  warning: " + warning));
        unbound(step.decision()).forEach(flow -> lines.add("  unbound: " + flow));
        repaired(step.decision()).forEach(flow -> lines.add("  repairs: " + flow));
        return lines;
    }

    private static List<String> unbound(Decision decision) {
        return decision.match(
                passed -> List.of(),
                notReady -> List.of(),
                judged -> judged.assessment().unbound().stream()
                        .map(flow -> FlowWording.shortName(flow.flow()) + ", " + UnboundWording.of(flow.why()))
                        .toList());
    }

    private static List<String> repaired(Decision decision) {
        return decision.match(passed -> List.of(), notReady -> List.of(), judged -> {
            FlowWording wording =
                    FlowWording.inFull(Set.of(judged.assessment().change().policy()));
            return judged.assessment().flows(Effect.REPAIRED).stream()
                    .filter(flow -> !flow.flow().contract().source().isImplied())
                    .map(flow -> wording.pairs(flow, Effect.REPAIRED) + " (" + FlowWording.shortName(flow.flow()) + ")")
                    .toList();
        });
    }

    private static String answer(CheckedStep.Judged step) {
        Decision decision = step.decision();
        return decision.isRejection() ? "REJECTED" : step.said().unabridged().isEmpty() ? "ADMITTED" : "WARNED";
    }
}
