package dev.flowguard.cli.check;

import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.ChangeSetDecision;
import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.assess.Change;
import dev.flowguard.cli.input.ClusterNotes;
import dev.flowguard.cli.input.ClusterOptions;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.cli.input.NamespaceOption;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ChangeSetReport;
import dev.flowguard.report.JsonReport;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.Repairs;
import dev.flowguard.report.Report;
import dev.flowguard.report.TextReport;
import java.util.List;

/** Judges the difference between two folders as one change. */
final class CheckDifference implements CheckAnswer {
    private final ManifestPlaces places;
    private final InMemoryCluster cluster;
    private final ChangeSetDecision decision;
    private final Requester requester;
    private final Report report;

    CheckDifference(CheckQuestion question, List<String> base) {
        ClusterOptions options = question.cluster();
        options.refuseStandardInputTwice("--base", base);
        Focus focus = question.focus();
        KnownCluster earlier = options.input(question.err()).read(base);
        KnownCluster later = options.known(question.err());
        Snapshot before = earlier.inMemory(options.settings()).snapshot();
        places = later.places().since(earlier.places());
        cluster = later.inMemory(options.settings());
        requester = question.decisions().requester();
        NamespaceOption.check(focus.namespace(), before, cluster.snapshot());
        decision = ChangeSetDecision.of(
                        before, cluster.snapshot(), question.decisions().settings(), requester, this::isOverridden)
                .only(focus::includes, focus::includes);
        report = ChangeSetReport.of(
                decision, cluster.snapshot(), focus.among(cluster.snapshot().contracts()), earlier.origin());
    }

    private boolean isOverridden(Change change) {
        PolicyRef policy = change.policy();
        return change.object()
                .asPolicy()
                .flatMap(places::manifest)
                .or(() -> places.manifest(change.object()))
                .map(object -> object.path("metadata").path("annotations"))
                .filter(annotations ->
                        !annotations.path(ReviewMapping.OVERRIDE).asText("").isBlank())
                .filter(annotations ->
                        cluster.mayOverride(requester, policy.namespace()) == ClusterState.Permission.GRANTED)
                .isPresent();
    }

    @Override
    public boolean isFailed() {
        return decision.isRejection();
    }

    @Override
    public List<String> notes() {
        return ClusterNotes.of(cluster.snapshot());
    }

    @Override
    public String write(CheckFormat format) {
        return format.write(
                () -> String.join("\n", TextReport.of(report)),
                () -> JsonReport.of(report),
                () -> report,
                told -> Repairs.of(told, cluster.snapshot(), decision.changed()),
                places);
    }
}
