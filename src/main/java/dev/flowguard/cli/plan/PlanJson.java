package dev.flowguard.cli.plan;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.plan.Detour;
import dev.flowguard.assess.plan.Plan;
import dev.flowguard.wording.FlowWording;
import java.util.List;

/**
 * A plan for programs: {@code {"safe": …, "steps": [{"step", "wave", "change", "policy", "file", "line", "undetermined"}],
 * "remaining": [{"change", "policy", "file", "line", "breaks"}], "brokenInTheEnd": […], "detour": {"temporary", "steps"}}}, the last
 * only where there is one. Steps and waves count from 1.
 */
final class PlanJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PlanJson() {}

    static List<String> lines(PlanReport report) {
        Plan plan = report.plan();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("safe", plan.isSafe());
        root.put("everyOrderTried", plan.isSafe() || plan.isComplete());
        steps(root.putArray("steps"), report, plan);
        ArrayNode remaining = root.putArray("remaining");
        for (Plan.Obstacle obstacle : plan.obstacles()) {
            ObjectNode node = remaining.addObject();
            change(node, report, obstacle.change());
            flows(node.putArray("breaks"), obstacle.change(), obstacle.cut(), Effect.NEWLY_BROKEN);
        }
        ArrayNode inTheEnd = root.putArray("brokenInTheEnd");
        plan.cutInTheEnd().forEach(flow -> flow(inTheEnd.addObject(), flow));
        for (Detour detour : report.detours()) {
            ObjectNode node = root.putObject("detour");
            ArrayNode temporary = node.putArray("temporary");
            detour.temporary()
                    .forEach(each -> temporary
                            .addObject()
                            .put("policy", each.policy().ref().toString())
                            .put("is", PlanReport.description(each)));
            steps(node.putArray("steps"), report, detour.plan());
        }
        return List.of(root.toPrettyString());
    }

    private static void steps(ArrayNode steps, PlanReport report, Plan plan) {
        for (int wave = 0; wave < plan.waves().size(); wave++) {
            for (Plan.Step step : plan.waves().get(wave).steps()) {
                ObjectNode node = steps.addObject().put("step", steps.size()).put("wave", wave + 1);
                change(node, report, step.change());
                flows(node.putArray("undetermined"), step.change(), step.leftOpen(), Effect.UNDETERMINED);
            }
        }
    }

    private static void change(ObjectNode node, PlanReport report, Change change) {
        node.put("change", change.verb()).put("policy", change.policy().toString());
        if (!change.others().isEmpty()) {
            node.put("kind", change.object().kind());
        }
        report.position(change)
                .ifPresent(position -> node.put("file", position.file()).put("line", position.line()));
    }

    private static void flows(ArrayNode nodes, Change change, List<FlowAssessment> flows, Effect effect) {
        FlowWording wording = new FlowWording(change.policy());
        for (FlowAssessment flow : flows) {
            flow(nodes.addObject(), flow)
                    .put("pairs", wording.pairs(flow, effect))
                    .put("because", wording.briefly(flow, effect));
        }
    }

    private static ObjectNode flow(ObjectNode node, FlowAssessment flow) {
        return node.put("contract", flow.flow().contract().source().toString())
                .put("flow", flow.flow().flow().name())
                .put("expect", flow.flow().flow().expectation().spelling());
    }
}
