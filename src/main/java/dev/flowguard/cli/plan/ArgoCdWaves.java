package dev.flowguard.cli.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.plan.Plan;
import java.util.ArrayList;
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
        Change change = step.change();
        List<String> lines = new ArrayList<>(List.of("---", "# " + report.line(change)));
        lines.addAll(report.apiOf(change));
        lines.add("metadata:");
        lines.add("  name: " + change.policy().name());
        if (!change.policy().namespace().isEmpty()) {
            lines.add("  namespace: " + change.policy().namespace());
        }
        lines.add("  annotations:");
        lines.add("    argocd.argoproj.io/sync-wave: \"" + wave + "\"");
        return lines.stream();
    }
}
