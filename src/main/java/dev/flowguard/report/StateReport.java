package dev.flowguard.report;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FindingLevel;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StandingLevel;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.assess.repair.RepairSearch;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.wording.StandingWording;
import dev.flowguard.wording.UnboundWording;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The report about a cluster as it is. */
public final class StateReport {
    private final Snapshot cluster;
    private final Reachability reachability;
    private final RepairSearch repairs;

    private StateReport(Snapshot cluster) {
        this.cluster = cluster;
        this.reachability = new Reachability(cluster, cluster);
        this.repairs = new RepairSearch(cluster, cluster, Set.of());
    }

    /**
     * Of what is to be told.
     *
     * @param contracts those whose mistakes are told
     */
    public static Report of(
            Snapshot cluster, List<FlowStanding> standings, List<Contract> contracts, List<Finding> findings) {
        StateReport report = new StateReport(cluster);
        return new Report(
                (int) standings.stream()
                        .filter(standing -> !isImplied(standing))
                        .count(),
                "",
                List.of(),
                standings.stream().flatMap(report::entry).toList(),
                findings.stream()
                        .map(finding -> new FindingEntry(finding, finding.level() == FindingLevel.DENY))
                        .toList(),
                Report.Mistake.in(contracts));
    }

    private static boolean isImplied(FlowStanding standing) {
        return standing.flow().contract().source().isImplied();
    }

    /** Of what nobody declared only what is surely broken is told, and as gravely as its kind is taken. */
    private Stream<FlowEntry> implied(FlowStanding standing) {
        return standing.state() == FlowState.BROKEN
                ? Stream.of(amiss(
                        standing,
                        FlowKind.BROKEN,
                        StandingLevel.of(standing, cluster).stream().anyMatch(level -> level == Enforcement.DENY)
                                ? Grade.ERROR
                                : Grade.WARNING,
                        repairs.search(standing.flow())))
                : Stream.empty();
    }

    private Stream<FlowEntry> entry(FlowStanding standing) {
        if (isImplied(standing)) {
            return implied(standing);
        }
        return switch (standing.state()) {
            case SATISFIED -> Stream.empty();
            case BROKEN -> Stream.of(amiss(standing, FlowKind.BROKEN, Grade.ERROR, repairs.search(standing.flow())));
            case UNDETERMINED -> Stream.of(amiss(standing, FlowKind.UNDETERMINED, Grade.WARNING, Optional.empty()));
            case UNENFORCED -> Stream.of(FlowEntry.plain(standing.flow(), FlowKind.UNENFORCED, Grade.NOTE, ""));
            case UNBOUND ->
                Stream.of(FlowEntry.plain(
                        standing.flow(),
                        FlowKind.UNBOUND,
                        Grade.NOTE,
                        UnboundWording.of(standing, cluster).orElse("")));
        };
    }

    private FlowEntry amiss(FlowStanding standing, FlowKind kind, Grade grade, Optional<Repair> repair) {
        return new FlowEntry(
                standing.flow(),
                kind,
                grade,
                "",
                StandingWording.examples(standing).stream()
                        .map(example -> new FlowEntry.Group(example.pair(), example.verdict()))
                        .toList(),
                standing.examples().stream()
                        .limit(1)
                        .flatMap(example -> Blame.of(reachability.trace(example.pair()), Set.of()).stream())
                        .toList(),
                List.of(),
                repair);
    }
}
