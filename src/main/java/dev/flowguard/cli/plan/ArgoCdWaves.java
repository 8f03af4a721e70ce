package dev.flowguard.cli.plan;

import dev.flowguard.assess.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plan as annotations for Argo CD, written as patches: it applies one wave after the other. What it prunes it prunes after all of
 * them only if it is told to, by an option of the Application.
 */
final class ArgoCdWaves {
    private ArgoCdWaves() {}

    static List<String> lines(PlanReport report) {
        return GitOpsHints.lines(
                report,
                (applied, number) -> applied.stream()
                        .flatMap(step -> patch(report, step, number))
                        .toList(),
                "Pruned after all waves if the Application has  spec.syncPolicy.syncOptions: [PruneLast=true]");
    }

    private static Stream<String> patch(PlanReport report, Plan.Step step, int wave) {
        return Stream.of(
                "---",
                "# " + report.line(step.change()),
                "apiVersion: networking.k8s.io/v1",
                "kind: NetworkPolicy",
                "metadata:",
                "  name: " + step.change().policy().name(),
                "  namespace: " + step.change().policy().namespace(),
                "  annotations:",
                "    argocd.argoproj.io/sync-wave: \"" + wave + "\"");
    }
}
