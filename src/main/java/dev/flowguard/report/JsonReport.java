package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.wording.FindingWording;
import dev.flowguard.wording.KindNames;
import java.util.Optional;

/** A report for programs: {@code {"failed": …, "summary": …, "changed": […], "flows": […], "mistakes": […], "findings": […]}}. */
public final class JsonReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonReport() {}

    public static String of(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("failed", report.isFailed()).put("summary", report.summary());
        ArrayNode changed = root.putArray("changed");
        report.changed().forEach(changed::add);
        ArrayNode flows = root.putArray("flows");
        report.flows().forEach(flow -> flow(flows.addObject(), flow));
        ArrayNode mistakes = root.putArray("mistakes");
        report.mistakes()
                .forEach(mistake -> mistakes.addObject()
                        .put("contract", mistake.contract().toString())
                        .put("place", mistake.problem().place())
                        .put("message", mistake.problem().message()));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> finding(findings.addObject(), finding.finding()));
        return root.toPrettyString();
    }

    /** Writes what is said of flows into that list. */
    public static void flows(ArrayNode flows, Report report) {
        report.flows().forEach(flow -> flow(flows.addObject(), flow));
    }

    private static void flow(ObjectNode node, FlowEntry entry) {
        node.put("contract", entry.flow().contract().source().toString())
                .put("flow", entry.flow().flow().name())
                .put("expect", entry.flow().flow().expectation().spelling())
                .put("kind", entry.kind().id())
                .put("grade", entry.grade().spelling());
        if (!entry.because().isEmpty()) {
            node.put("because", entry.because());
        }
        ArrayNode groups = node.putArray("pairs");
        for (FlowEntry.Group group : entry.groups()) {
            ArrayNode reasons = groups.addObject().put("pairs", group.pairs()).putArray("reasons");
            group.reasons().forEach(reasons::add);
        }
        repair(node, entry.repair());
    }

    /** Writes the steps of a repair, if there is one, as {@code "repair": […]}. */
    public static void repair(ObjectNode node, Optional<Repair> repair) {
        repair.ifPresent(found -> {
            ArrayNode steps = node.putArray("repair");
            found.steps().forEach(step -> steps.add(RepairJson.of(step)));
        });
    }

    /** Writes a finding into that node. */
    public static void finding(ObjectNode node, Finding finding) {
        node.put("id", finding.id())
                .put("severity", finding.severity().spelling())
                .put("level", finding.level().spelling())
                .put("policy", KindNames.brief(finding.policy()))
                .put("place", finding.place())
                .put("message", FindingWording.headline(finding))
                .put("explanation", finding.explanation());
    }
}
