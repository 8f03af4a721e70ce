package dev.flowguard.cli.plan;

import dev.flowguard.assess.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A plan in manifests for a GitOps tool, with comments. These tools delete when all else is applied, so a plan fits into one sync
 * if nothing is deleted before its last wave.
 */
final class GitOpsHints {
    private GitOpsHints() {}

    /** What to apply in one wave. */
    interface WaveWriter {
        List<String> lines(List<Plan.Step> applied, int number);
    }

    /**
     * The hints, or where there can be none, the plan itself as a comment.
     *
     * @param onDeletions how the tool is made to delete last
     */
    static List<String> lines(PlanReport report, WaveWriter writer, String onDeletions) {
        List<Plan.Wave> waves = report.plan().waves();
        if (!report.plan().isSafe() || waves.isEmpty()) {
            return comment(PlanText.lines(report).stream());
        }
        if (waves.subList(0, waves.size() - 1).stream().anyMatch(wave -> deletions(wave) > 0)) {
            return comment(Stream.concat(
                    Stream.of(
                            "Something is deleted before the last wave, which is not possible within one sync: commit",
                            "what comes up to the deletion first, and the rest when that is synced."),
                    PlanText.lines(report).stream()));
        }
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= waves.size(); number++) {
            List<Plan.Step> applied =
                    steps(waves.get(number - 1), step -> !step.change().isDeletion());
            if (!applied.isEmpty()) {
                lines.addAll(writer.lines(applied, number));
            }
        }
        Plan.Wave last = waves.get(waves.size() - 1);
        if (deletions(last) > 0) {
            lines.add("---");
            lines.add("# " + onDeletions);
            steps(last, step -> step.change().isDeletion())
                    .forEach(step -> lines.add("#   " + report.line(step.change())));
        }
        return lines;
    }

    private static long deletions(Plan.Wave wave) {
        return steps(wave, step -> step.change().isDeletion()).size();
    }

    private static List<Plan.Step> steps(Plan.Wave wave, Predicate<Plan.Step> wanted) {
        return wave.steps().stream().filter(wanted).toList();
    }

    private static List<String> comment(Stream<String> lines) {
        return lines.map(line -> "# " + line).toList();
    }
}
