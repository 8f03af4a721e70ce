package dev.flowguard.report;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.FlowRuling;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.wording.UnboundWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The report about changes that were judged one after the other. */
public final class ChangesReport {
    private final List<FlowEntry> flows = new ArrayList<>();
    private final List<FindingEntry> findings = new ArrayList<>();

    private ChangesReport() {}

    /**
     * Of several changes.
     *
     * @param changes what each was, as {@code update NetworkPolicy shop/orders}
     * @param decisions one for each change of a policy
     * @param compared one for each change of something else that flows depend on
     * @param after the state in which all of them are in force
     */
    public static Report of(List<String> changes, List<Decision> decisions, List<Report> compared, Snapshot after) {
        ChangesReport report = new ChangesReport();
        decisions.forEach(decision -> decision.match(passed -> report, notReady -> report, report::add));
        compared.forEach(each -> report.flows.addAll(each.flows()));
        return new Report(
                Report.declared(after),
                "judged change by change",
                changes,
                report.flows,
                report.findings.stream().distinct().toList(),
                Report.Mistake.in(after.contracts()));
    }

    private ChangesReport add(Decision.Judged judged) {
        Change change = judged.assessment().change();
        FlowEntries entries = new FlowEntries(new RepairSearch(judged.assessment()), Set.of(change.object()));
        List<FlowRuling> grounds = judged.isRejection() ? judged.grounds() : List.of();
        for (FlowRuling ruling : judged.rulings()) {
            FlowAssessment flow = ruling.flow();
            boolean rejects = grounds.contains(ruling);
            Stream.of(
                            entries.entry(
                                    flow,
                                    Effect.NEWLY_BROKEN,
                                    FlowKind.NEWLY_BROKEN,
                                    rejects ? Grade.ERROR : FlowEntries.gradeOf(ruling),
                                    rejects
                                            ? ""
                                            : FlowEntries.because(
                                                    ruling, judged.leniency().admits())),
                            entries.entry(flow, Effect.UNDETERMINED, FlowKind.UNDETERMINED, Grade.WARNING, ""),
                            FlowEntries.isImplied(flow)
                                    ? Stream.<FlowEntry>empty()
                                    : entries.entry(flow, Effect.STILL_BROKEN, FlowKind.STILL_BROKEN, Grade.NOTE, ""),
                            FlowEntries.isImplied(flow)
                                    ? Stream.<FlowEntry>empty()
                                    : entries.entry(flow, Effect.REPAIRED, FlowKind.REPAIRED, Grade.NOTE, ""))
                    .flatMap(each -> each)
                    .map(entry -> entry.changedBy(change.object()))
                    .forEach(flows::add);
        }
        judged.assessment()
                .unbound()
                .forEach(unbound -> flows.add(
                        FlowEntry.plain(unbound.flow(), FlowKind.UNBOUND, Grade.NOTE, UnboundWording.of(unbound.why()))
                                .changedBy(change.object())));
        judged.assessment()
                .findings()
                .forEach(finding -> findings.add(new FindingEntry(
                        finding, judged.isRejection() && judged.deniedFindings().contains(finding))));
        return this;
    }
}
