package dev.flowguard.cli.plan;

import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.plan.Detour;
import dev.flowguard.assess.plan.Plan;
import dev.flowguard.contract.Expectation;
import dev.flowguard.wording.FlowWording;
import dev.flowguard.wording.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A plan in sentences: the steps with their numbers, and what stands in the way of those that cannot be made. */
final class PlanText {
    private final PlanReport report;
    private final Plan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(PlanReport report) {
        this.report = report;
        this.plan = report.plan();
    }

    static List<String> lines(PlanReport report) {
        PlanText text = new PlanText(report);
        text.headline();
        text.waves(report.plan());
        text.inTheEnd();
        text.obstacles();
        report.detours().forEach(text::detour);
        return text.lines;
    }

    private void headline() {
        int steps = plan.steps().size();
        if (!plan.isSafe()) {
            lines.add((plan.isComplete()
                            ? "There is no safe order: "
                            : "No safe order was found, though not all were tried: ")
                    + (steps == 0
                            ? (plan.obstacles().size() == 1
                                    ? "the only change cannot be made."
                                    : "none of " + plan.obstacles().size() + " changes can be the first.")
                            : Names.count(steps, "change") + " can be made, and then none of the "
                                    + plan.obstacles().size() + " that remain."));
        } else if (steps == 0) {
            lines.add("Nothing is to be done: the policies of " + report.folder() + " are in force.");
        } else {
            lines.add("A safe order: " + Names.count(steps, "change") + " in "
                    + Names.count(plan.waves().size(), "wave") + ". "
                    + (plan.flows() == 0
                            ? "They concern no declared flow."
                            : "They concern " + Names.count((int) plan.flows(), "declared flow")
                                    + ", and none that works is broken at any time."));
        }
    }

    private void waves(Plan some) {
        int number = 1;
        for (int wave = 0; wave < some.waves().size(); wave++) {
            List<Plan.Step> steps = some.waves().get(wave).steps();
            lines.add("wave " + (wave + 1) + (steps.size() > 1 ? ", in any order" : ""));
            for (Plan.Step step : steps) {
                lines.add(String.format("%4d. %s", number++, report.line(step.change())));
                FlowWording wording = FlowWording.inFull(Set.of(step.change().policy()));
                step.leftOpen()
                        .forEach(flow -> lines.add("      undetermined after it: " + flow.flow() + ": "
                                + wording.briefly(flow, Effect.UNDETERMINED)));
            }
        }
    }

    private void obstacles() {
        List<Plan.Obstacle> obstacles = plan.obstacles();
        if (obstacles.isEmpty()) {
            return;
        }
        Plan.Obstacle first = obstacles.get(0);
        FlowWording wording = FlowWording.inFull(Set.of(first.change().policy()));
        lines.add("what remains");
        lines.add("      " + report.line(first.change()));
        lines.add("        " + FlowWording.headline(first.cut(), first.change().policy()));
        first.cut()
                .forEach(flow -> wording.broken(flow, List.of(), Optional.empty(), Optional.empty())
                        .forEach(line -> lines.add("          " + line)));
        obstacles.subList(1, obstacles.size()).forEach(obstacle -> {
            lines.add("      " + report.line(obstacle.change()));
            lines.add("        " + brief(obstacle));
        });
    }

    /** {@code breaks checkout -> orders:8080/TCP   (FlowContract shop/orders, flow …) and 2 more flows}. */
    private static String brief(Plan.Obstacle obstacle) {
        FlowAssessment flow = obstacle.cut().get(0);
        int more = obstacle.cut().size() - 1;
        String verb = flow.flow().flow().expectation() == Expectation.BLOCKED ? "opens " : "breaks ";
        return verb + FlowWording.inFull(Set.of(obstacle.change().policy())).pairs(flow, Effect.NEWLY_BROKEN) + "   ("
                + flow.flow() + ")" + (more > 0 ? " and " + Names.count(more, "more flow") : "");
    }

    private void inTheEnd() {
        if (!plan.cutInTheEnd().isEmpty()) {
            int count = plan.cutInTheEnd().size();
            lines.add("no order helps: when all is done, " + Names.count(count, "declared flow")
                    + " will be broken that " + (count == 1 ? "works" : "work") + " now");
            plan.cutInTheEnd().forEach(flow -> lines.add("      " + flow.flow()));
        }
    }

    private void detour(Detour detour) {
        int count = detour.temporary().size();
        lines.add("");
        lines.add("With " + (count == 1 ? "a temporary policy" : count + " temporary policies")
                + " it can be done safely: " + Names.count(detour.plan().steps().size(), "change") + " in "
                + Names.count(detour.plan().waves().size(), "wave") + "." + opens(detour));
        waves(detour.plan());
    }

    /** What it costs. */
    private static String opens(Detour detour) {
        List<String> namespaces = detour.temporary().stream()
                .filter(temporary -> temporary.kind() == Detour.Temporary.Kind.ALLOWS_EVERYTHING)
                .map(temporary -> temporary.policy().ref().namespace())
                .toList();
        return namespaces.isEmpty() ? "" : " Meanwhile nothing is blocked in " + String.join(", ", namespaces) + ".";
    }
}
