package dev.flowguard.cli.check;

import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StandingLevel;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cli.input.ClusterNotes;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.Repairs;
import dev.flowguard.report.Report;
import dev.flowguard.report.StateReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges a cluster as it is. */
final class CheckState implements CheckAnswer {
    private final ManifestPlaces places;
    private final Snapshot cluster;
    private final List<FlowStanding> standings;
    private final List<Contract> contracts;
    private final List<Finding> findings;
    private final Report report;
    private final String origin;

    CheckState(CheckQuestion question) {
        Focus focus = question.focus();
        KnownCluster known = question.cluster().knownInPart(question.err());
        places = known.places();
        origin = known.origin();
        cluster = known.inMemory(question.cluster().settings()).snapshot();
        NamespaceOption.check(focus.namespace(), cluster);
        standings = StateAssessor.toldOnce(new StateAssessor(cluster).assess()).stream()
                .filter(standing -> focus.includes(standing.flow()))
                .filter(standing -> !standing.flow().contract().source().isImplied() || isToldBroken(standing))
                .toList();
        contracts = focus.among(cluster.contracts());
        findings = Findings.inForce(cluster, question.decisions().settings().findings()).stream()
                .filter(focus::includes)
                .toList();
        report = StateReport.of(cluster, standings, contracts, findings);
    }

    /** Of what nobody declared only what is surely broken is told, where somebody wants it told. */
    private boolean isToldBroken(FlowStanding standing) {
        return standing.state() == FlowState.BROKEN
                && StandingLevel.of(standing, cluster).isPresent();
    }

    @Override
    public boolean isFailed() {
        return report.isFailed();
    }

    @Override
    public List<String> notes() {
        return ClusterNotes.of(cluster);
    }

    @Override
    public String write(CheckFormat format) {
        return format.write(
                () -> String.join("\n", text()),
                () -> CheckJson.state(cluster, standings, contracts, findings, report::repair),
                () -> report,
                told -> Repairs.of(told, cluster, Set.of()),
                places);
    }

    private List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(CheckText.read(cluster, origin));
        lines.addAll(CheckText.state(cluster, standings, contracts, findings, report::repair));
        if (cluster.contracts().isEmpty()) {
            lines.add(CheckText.nothingDeclared());
        }
        return lines;
    }
}
