package dev.flowguard.cli.plan;

import dev.flowguard.assess.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** A plan as Kustomizations for Flux, each of which waits for the one before it. Flux deletes what its source no longer holds. */
final class FluxGroups {
    private FluxGroups() {}

    static List<String> lines(PlanReport report) {
        return GitOpsHints.lines(
                report,
                (applied, number) -> kustomization(report, applied, number),
                "To be removed from git in a later commit, when the groups above are ready:");
    }

    private static List<String> kustomization(PlanReport report, List<Plan.Step> applied, int number) {
        List<String> lines = new ArrayList<>();
        lines.add("---");
        lines.add("# the folder policies/" + number + ", with what is needed to");
        applied.forEach(step -> lines.add("#   " + report.line(step.change())));
        lines.add("apiVersion: kustomize.toolkit.fluxcd.io/v1");
        lines.add("kind: Kustomization");
        lines.add("metadata:");
        lines.add("  name: policies-" + number);
        lines.add("  namespace: flux-system");
        lines.add("spec:");
        if (number > 1) {
            lines.add("  dependsOn: [{name: policies-" + (number - 1) + "}]");
        }
        lines.add("  path: ./policies/" + number);
        lines.add("  sourceRef: {kind: GitRepository, name: flux-system}");
        lines.add("  interval: 10m");
        lines.add("  prune: true");
        lines.add("  wait: true");
        return lines;
    }
}
