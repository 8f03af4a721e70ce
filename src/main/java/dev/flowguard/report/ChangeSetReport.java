package dev.flowguard.report;

import dev.flowguard.admission.decision.ChangeSetDecision;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowComparison;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.UnboundWording;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report about the difference between two states. */
public final class ChangeSetReport {
    private ChangeSetReport() {}

    /**
     * Of what is to be told.
     *
     * @param contracts those whose mistakes are told
     * @param base what the earlier state is called
     */
    public static Report of(ChangeSetDecision decision, Snapshot later, List<Contract> contracts, String base) {
        Set<PolicyRef> changed = decision.changed();
        FlowEntries entries = new FlowEntries(
                new RepairSearch(later, later, changed),
                decision.changes().stream().map(Change::object).collect(Collectors.toSet()));
        List<FlowEntry> flows = Stream.concat(
                        decision.flows().stream().flatMap(flow -> entries(flow, entries)),
                        decision.noLongerDeclared().stream()
                                .map(flow -> FlowEntry.plain(flow, FlowKind.UNDECLARED, Grade.NOTE, "")))
                .toList();
        return new Report(
                (int) decision.flows().stream()
                        .filter(flow -> !FlowEntries.isImplied(flow.comparison().known()))
                        .count(),
                "compared with " + base,
                decision.changes().stream().map(ChangeSetReport::described).toList(),
                flows,
                decision.findings().stream()
                        .map(finding ->
                                new FindingEntry(finding, decision.denied().contains(finding)))
                        .toList(),
                Report.Mistake.in(contracts));
    }

    private static Stream<FlowEntry> entries(ChangeSetDecision.RuledFlow ruled, FlowEntries entries) {
        FlowComparison comparison = ruled.comparison();
        if (FlowEntries.isImplied(comparison.known())) {
            return implied(ruled, entries);
        }
        return Stream.of(
                        entries.entry(
                                comparison.known(),
                                Effect.NEWLY_BROKEN,
                                FlowKind.NEWLY_BROKEN,
                                ruled.rejects() ? Grade.ERROR : FlowEntries.gradeOf(ruled.ruling()),
                                FlowEntries.because(ruled.ruling(), ruled.overridden())),
                        entries.entry(
                                comparison.fresh(), Effect.NEWLY_BROKEN, FlowKind.NEW_AND_BROKEN, Grade.WARNING, ""),
                        entries.entry(
                                comparison.known(), Effect.UNDETERMINED, FlowKind.UNDETERMINED, Grade.WARNING, ""),
                        entries.entry(
                                comparison.fresh(), Effect.UNDETERMINED, FlowKind.UNDETERMINED, Grade.WARNING, ""),
                        stillBroken(comparison, entries),
                        entries.entry(comparison.known(), Effect.REPAIRED, FlowKind.REPAIRED, Grade.NOTE, ""),
                        lost(comparison))
                .flatMap(each -> each);
    }

    /** Of what nobody declared only what is lost is told, and what is needed from now on and blocked. */
    private static Stream<FlowEntry> implied(ChangeSetDecision.RuledFlow ruled, FlowEntries entries) {
        FlowComparison comparison = ruled.comparison();
        return Stream.of(
                        entries.entry(
                                comparison.known(),
                                Effect.NEWLY_BROKEN,
                                FlowKind.NEWLY_BROKEN,
                                ruled.rejects() ? Grade.ERROR : FlowEntries.gradeOf(ruled.ruling()),
                                FlowEntries.because(ruled.ruling(), ruled.overridden())),
                        entries.entry(
                                comparison.fresh(), Effect.NEWLY_BROKEN, FlowKind.NEW_AND_BROKEN, Grade.WARNING, ""),
                        comparison.declaredBefore() ? Stream.<FlowEntry>empty() : stillBroken(comparison, entries),
                        lost(comparison))
                .flatMap(each -> each);
    }

    private static Stream<FlowEntry> lost(FlowComparison comparison) {
        return comparison.lost().stream()
                .map(lost -> FlowEntry.plain(
                        comparison.flow(),
                        FlowKind.UNBOUND,
                        Grade.WARNING,
                        "it spoke of something before; " + UnboundWording.of(lost)));
    }

    /** A contract that is new and broken from the start is told as such: whoever wrote it expects it to hold. */
    private static Stream<FlowEntry> stillBroken(FlowComparison comparison, FlowEntries entries) {
        return comparison.declaredBefore()
                ? entries.entry(comparison.known(), Effect.STILL_BROKEN, FlowKind.STILL_BROKEN, Grade.NOTE, "")
                : entries.entry(comparison.known(), Effect.STILL_BROKEN, FlowKind.NEW_AND_BROKEN, Grade.WARNING, "");
    }

    private static String described(Change change) {
        return change.verb() + " " + KindNames.of(change.object());
    }
}
