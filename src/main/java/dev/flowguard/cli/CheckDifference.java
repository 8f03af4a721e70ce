package dev.flowguard.cli;

import dev.flowguard.admission.ChangeSetDecision;
import dev.flowguard.admission.ClusterState;
import dev.flowguard.admission.Requester;
import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.assess.Change;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ChangeSetReport;
import dev.flowguard.report.JsonReport;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.Repairs;
import dev.flowguard.report.Report;
import dev.flowguard.report.TextReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Judges the difference between two folders as one change. */
final class CheckDifference implements CheckAnswer {
    private final ManifestPlaces.Origin later;
    private final InMemoryCluster cluster;
    private final ChangeSetDecision decision;
    private final Requester requester;
    private final Report report;

    CheckDifference(CheckOptions options, Path base) {
        InMemoryCluster earlier = options.cluster(options.origin(base));
        later = options.origin(options.manifests());
        cluster = options.cluster(later);
        requester = options.requester();
        decision = ChangeSetDecision.of(
                earlier.snapshot(), cluster.snapshot(), options.settings(), requester, this::isOverridden);
        report = ChangeSetReport.of(decision, cluster.snapshot(), base.toString());
    }

    private boolean isOverridden(Change change) {
        PolicyRef policy = change.policy();
        return later.manifests()
                .find(new ObjectRef("NetworkPolicy", policy.namespace(), policy.name()))
                .filter(object -> !object.annotations()
                        .getOrDefault(ReviewMapping.OVERRIDE, "")
                        .isBlank())
                .filter(object -> cluster.mayOverride(requester, policy.namespace()) == ClusterState.Permission.GRANTED)
                .isPresent();
    }

    @Override
    public boolean isFailed() {
        return decision.isRejection();
    }

    @Override
    public String write(CheckFormat format) {
        return format.write(
                () -> String.join("\n", TextReport.of(report)),
                () -> JsonReport.of(report),
                () -> report,
                () -> Repairs.of(
                        report,
                        cluster.snapshot(),
                        decision.changes().stream().map(Change::policy).collect(Collectors.toSet())),
                new ManifestPlaces(List.of(later)));
    }
}
