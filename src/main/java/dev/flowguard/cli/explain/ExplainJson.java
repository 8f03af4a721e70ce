package dev.flowguard.cli.explain;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.JsonReport;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.trace.ChainTrace;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.StepTrace;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.verdict.trace.Verdict;
import dev.flowguard.wording.DoubtWording;
import dev.flowguard.wording.KindNames;
import dev.flowguard.wording.Names;
import dev.flowguard.wording.NearMissWording;
import java.util.List;
import java.util.Optional;

/**
 * What {@code explain -o json} prints: {@code {"verdict": …, "traces": [{"from", "to", "port", "verdict", "sides": […]}]}}. Beside that
 * {@code "impliedBy": […]}, where it is needed and nobody declared it, and, where rules were found that would let blocked traffic
 * through, either {@code "repair": […]} as {@code check} writes it, or {@code "declaredBlocked": […]}, the flows that forbid them.
 */
final class ExplainJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Names NAMES = new Names("");

    private final Inquiry inquiry;

    ExplainJson(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** @param forbidding declared flows that the repair would break */
    String of(List<Trace> traces, Optional<Repair> repair, List<DeclaredFlow> forbidding) {
        ObjectNode root = MAPPER.createObjectNode();
        Answer least = traces.stream().map(trace -> trace.verdict().answer()).reduce(Answer.YES, Answer::and);
        root.put("verdict", spelled(least));
        ArrayNode list = root.putArray("traces");
        traces.forEach(trace -> trace(list.addObject(), trace));
        List<String> implied = inquiry.implied(traces).stream()
                .map(flow -> flow.contract().source().object().toString())
                .distinct()
                .toList();
        if (!implied.isEmpty()) {
            implied.forEach(root.putArray("impliedBy")::add);
        }
        if (forbidding.isEmpty()) {
            JsonReport.repair(root, repair);
        } else {
            ArrayNode blocked = root.putArray("declaredBlocked");
            forbidding.forEach(flow -> blocked.addObject()
                    .put("contract", flow.contract().source().toString())
                    .put("flow", flow.flow().name()));
        }
        return root.toPrettyString();
    }

    private void trace(ObjectNode node, Trace trace) {
        Verdict verdict = trace.verdict();
        node.put("from", NAMES.of(trace.pair().source()))
                .put("to", NAMES.of(trace.pair().destination()))
                .put("port", trace.pair().traffic().port());
        trace.pair()
                .traffic()
                .route()
                .match(
                        () -> node,
                        via -> node.putObject("through")
                                .put("service", via.service().toString())
                                .put("port", via.port().number()));
        node.put("verdict", spelled(verdict.answer()));
        verdict.match(
                () -> node,
                blocked -> node,
                undetermined -> node.put("because", DoubtWording.of(undetermined.doubts())));
        ArrayNode sides = node.putArray("sides");
        trace.sides().forEach(side -> side(sides.addObject(), trace, side));
    }

    private void side(ObjectNode node, Trace trace, SideTrace side) {
        node.put("direction", side.direction().section())
                .put("workload", NAMES.of(side.subject()))
                .put("verdict", spelled(side.answer()));
        ArrayNode policies = node.putArray("policies");
        for (SideTrace.PolicyTrace policy : side.policies()) {
            ObjectNode entry =
                    policies.addObject().put("policy", policy.policy().ref().toString());
            if (!policy.policy().isUnderstood()) {
                ArrayNode unknown = entry.putArray("unknownFields");
                policy.policy().unknownFields().forEach(unknown::add);
            }
            ArrayNode rules = entry.putArray("rules");
            policy.rules().forEach(rule -> rule(rules.addObject(), rule, side.direction()));
        }
        side.chain().ifPresent(chain -> chain(node.putArray("chain"), chain));
        ArrayNode misses = node.putArray("nearMisses");
        inquiry.nearMisses(trace, side).stream().distinct().forEach(miss -> miss(misses.addObject(), miss));
    }

    /** Block by block, the steps that matched or may have; none where a block passed. */
    private static void chain(ArrayNode blocks, ChainTrace trace) {
        for (ChainTrace.Part part : trace.parts()) {
            ObjectNode block = blocks.addObject().put("block", part.name().isEmpty() ? "end" : part.name());
            ArrayNode steps = block.putArray("steps");
            for (StepTrace step : part.met()) {
                ObjectNode node =
                        steps.addObject().put("action", step.action().word()).put("matches", answer(step.answer()));
                step.match(
                        rule -> node.put(
                                        "policy",
                                        ObjectRef.of(rule.policy().ref()).toString())
                                .put("rule", rule.rule().label()),
                        policies -> node.put("policy", "NetworkPolicy"),
                        rest -> {
                            ArrayNode because = node.putArray("because");
                            rest.because().forEach(policy -> because.add(policy.toString()));
                            return node;
                        });
            }
        }
    }

    private static void rule(ObjectNode node, RuleTrace trace, Direction direction) {
        node.put("place", place(direction, trace.rule().index())).put("matches", answer(trace.answer()));
        ArrayNode peers = node.putArray("peers");
        trace.peers().forEach(outcome -> peers.add(outcome.name()));
        ArrayNode ports = node.putArray("ports");
        trace.ports().forEach(outcome -> ports.add(outcome.name()));
    }

    private static void miss(ObjectNode node, NearMiss miss) {
        node.put("reason", miss.reason().name())
                .put(
                        "policy",
                        miss.policy().asPolicy().map(PolicyRef::toString).orElseGet(() -> KindNames.of(miss.policy())))
                .put("place", miss.place().isEmpty() ? place(miss.direction(), miss.rule()) : miss.place())
                .put("written", miss.written())
                .put("found", miss.found())
                .put("message", NearMissWording.of(miss));
    }

    private static String place(Direction direction, int rule) {
        return "spec." + direction.section() + "[" + rule + "]";
    }

    private static String spelled(Answer answer) {
        return switch (answer) {
            case YES -> "Allowed";
            case NO -> "Blocked";
            case UNKNOWN -> "Undetermined";
        };
    }

    private static String answer(Answer answer) {
        return switch (answer) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "unknown";
        };
    }
}
