package dev.flowguard.cli.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.Finding;
import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.report.JsonReport;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Verdict;
import dev.flowguard.wording.DoubtWording;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.UnboundWording;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@code check -o json} prints: {@code {"flows": […], "mistakes": […], "findings": […]}} or {@code {"changes": […]}}. */
final class CheckJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Names NAMES = new Names("");

    private CheckJson() {}

    static String state(
            Snapshot cluster,
            List<FlowStanding> standings,
            List<Contract> contracts,
            List<Finding> findings,
            Function<DeclaredFlow, Optional<Repair>> repairs) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode flows = root.putArray("flows");
        standings.forEach(standing -> {
            ObjectNode node = flows.addObject();
            standing(node, standing, cluster);
            if (standing.state() == FlowState.BROKEN) {
                JsonReport.repair(node, repairs.apply(standing.flow()));
            }
        });
        ArrayNode mistakes = root.putArray("mistakes");
        contracts.forEach(contract -> contract.problems()
                .forEach(problem -> mistakes.addObject()
                        .put("contract", contract.source().toString())
                        .put("place", problem.place())
                        .put("message", problem.message())));
        findings(root, findings);
        return root.toPrettyString();
    }

    /** @param mistakes that the changes bring in contracts and annotations, in sentences */
    static String changes(List<CheckedStep> steps, List<String> mistakes) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode changes = root.putArray("changes");
        steps.forEach(step -> step.match(
                judged -> judged(changes.addObject(), judged),
                compared -> compared(changes.addObject(), compared),
                applied -> changes.addObject()
                        .put("change", applied.what())
                        .put("origin", applied.origin())
                        .put("decision", "applied")));
        ArrayNode told = root.putArray("mistakes");
        mistakes.forEach(told::add);
        return root.toPrettyString();
    }

    private static ObjectNode compared(ObjectNode change, CheckedStep.Compared step) {
        change.put("change", step.what())
                .put("origin", step.origin())
                .put("decision", step.report().isFailed() ? "breaks" : "applied");
        JsonReport.flows(change.putArray("flows"), step.report());
        return change;
    }

    private static ObjectNode judged(ObjectNode change, CheckedStep.Judged step) {
        change.put("change", step.what())
                .put("origin", step.origin())
                .put("decision", step.decision().isRejection() ? "reject" : "admit")
                .put("reason", step.decision().reason());
        if (!step.said().message().isEmpty()) {
            change.put("message", step.said().message());
        }
        ArrayNode warnings = change.putArray("warnings");
        step.said().unabridged().forEach(warnings::add);
        ArrayNode flows = change.putArray("flows");
        step.decision().match(passed -> flows, notReady -> flows, decision -> {
            decision.rulings()
                    .forEach(ruling -> flow(flows.addObject(), ruling.flow().flow())
                            .put("effect", ruling.flow().effect().name())
                            .put("enforcement", ruling.enforcement().spelling())
                            .put("decidedBy", ruling.decidedBy().name())
                            .set(
                                    "pairs",
                                    ruling.flow().examples().stream()
                                            .map(pair -> pair(pair.pair(), pair.after())
                                                    .put("effect", pair.effect().name())
                                                    .put("before", verdict(pair.before())))
                                            .collect(MAPPER::createArrayNode, ArrayNode::add, ArrayNode::addAll)));
            return flows;
        });
        step.decision().match(passed -> change, notReady -> change, decision -> {
            ArrayNode unbound = change.putArray("unbound");
            decision.assessment()
                    .unbound()
                    .forEach(each ->
                            flow(unbound.addObject(), each.flow()).put("because", UnboundWording.of(each.why())));
            findings(change, decision.assessment().findings());
            return change;
        });
        return change;
    }

    private static void findings(ObjectNode node, List<Finding> found) {
        ArrayNode findings = node.putArray("findings");
        found.forEach(finding -> JsonReport.finding(findings.addObject(), finding));
    }

    private static void standing(ObjectNode node, FlowStanding standing, Snapshot cluster) {
        flow(node, standing.flow())
                .put("state", standing.state().spelling())
                .put("pairs", standing.pairs())
                .put("amiss", standing.amiss());
        UnboundWording.of(standing, cluster).ifPresent(unbound -> node.put("unbound", unbound));
        ArrayNode examples = node.putArray("examples");
        standing.examples().forEach(example -> examples.add(pair(example.pair(), example.verdict())));
    }

    private static ObjectNode flow(ObjectNode node, DeclaredFlow flow) {
        return node.put("contract", flow.contract().source().toString())
                .put("flow", flow.flow().name())
                .put("expect", flow.flow().expectation().spelling());
    }

    private static ObjectNode pair(Pair pair, Verdict verdict) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("from", name(pair.source()))
                .put("to", name(pair.destination()))
                .put("port", pair.traffic().port())
                .put("verdict", verdict(verdict));
        verdict.match(
                () -> node,
                blocked -> {
                    ArrayNode sides = node.putArray("blockedBy");
                    blocked.sides().forEach(side -> {
                        ObjectNode entry =
                                sides.addObject().put("side", side.direction().section());
                        ArrayNode policies = entry.putArray("policies");
                        side.isolatedBy().forEach(policy -> policies.add(policy.toString()));
                        Denials.write(entry, side.deniedBy());
                    });
                    return node;
                },
                undetermined -> node.put("because", DoubtWording.of(undetermined.doubts())));
        return node;
    }

    private static String verdict(Verdict verdict) {
        return verdict.match(() -> "Allowed", blocked -> "Blocked", undetermined -> "Undetermined");
    }

    private static String name(Endpoint end) {
        return NAMES.of(end);
    }
}
