package dev.flowguard.audit.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.FlowState;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A contract's status as it is written into the object, and read from it. Reading never fails: a part that is not ours is left out. */
public final class StatusJson {
    private StatusJson() {}

    /** All of it: what is not there has no value. */
    public static ObjectNode write(ContractStatus status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("observedGeneration", status.observedGeneration());
        ArrayNode conditions = json.putArray("conditions");
        status.conditions().forEach(condition -> write(condition, conditions.addObject()));
        ObjectNode summary = json.putObject("summary");
        summary.put("declared", status.summary().declared());
        for (FlowState state : FlowState.values()) {
            summary.put(state.word(), status.summary().of(state));
        }
        ArrayNode flows = json.putArray("flows");
        status.flows().forEach(flow -> write(flow, flows.addObject()));
        if (status.problemCount() > 0) {
            ArrayNode problems = json.putArray("problems");
            status.problems()
                    .forEach(problem ->
                            problems.addObject().put("place", problem.place()).put("message", problem.message()));
            json.put("problemCount", status.problemCount());
        }
        return json;
    }

    private static void write(StatusCondition condition, ObjectNode json) {
        json.put("type", condition.type())
                .put("status", condition.status())
                .put("observedGeneration", condition.observedGeneration())
                .put("lastTransitionTime", condition.since().toString())
                .put("reason", condition.reason())
                .put("message", condition.message());
    }

    private static void write(FlowStatus flow, ObjectNode json) {
        json.put("name", flow.name())
                .put("state", flow.state().spelling())
                .put("since", flow.since().toString())
                .put("pairs", flow.pairs())
                .put("pairsAmiss", flow.amiss());
        if (flow.blockedByCount() > 0) {
            ArrayNode blockers = json.putArray("blockedBy");
            flow.blockedBy().forEach(blocker -> write(blocker, blockers.addObject()));
            json.put("blockedByCount", flow.blockedByCount());
        }
        if (!flow.message().isEmpty()) {
            json.put("message", flow.message());
        }
    }

    /** Without a kind it is a NetworkPolicy, without a namespace it is cluster-wide. */
    private static void write(FlowStatus.Blocker blocker, ObjectNode json) {
        ObjectRef policy = blocker.policy();
        if (policy.asPolicy().isEmpty()) {
            json.put("kind", policy.kind());
        }
        if (!policy.namespace().isEmpty()) {
            json.put("namespace", policy.namespace());
        }
        json.put("name", policy.name());
        if (!blocker.rule().isEmpty()) {
            json.put("rule", blocker.rule());
        }
        json.put("direction", blocker.direction().policyType());
    }

    public static ContractStatus read(JsonNode json) {
        JsonNode summary = json.path("summary");
        return new ContractStatus(
                json.path("observedGeneration").asLong(),
                each(json.path("conditions"), StatusJson::condition),
                new StatusSummary(
                        summary.path("declared").asInt(),
                        Stream.of(FlowState.values())
                                .collect(Collectors.toMap(
                                        state -> state,
                                        state -> summary.path(state.word()).asInt()))),
                each(json.path("flows"), StatusJson::flow),
                each(
                        json.path("problems"),
                        problem -> Optional.of(new ContractProblem(
                                problem.path("place").asText(),
                                problem.path("message").asText()))),
                json.path("problemCount").asInt());
    }

    private static Optional<StatusCondition> condition(JsonNode json) {
        return time(json.path("lastTransitionTime"))
                .map(since -> new StatusCondition(
                        json.path("type").asText(),
                        json.path("status").asText(),
                        json.path("observedGeneration").asLong(),
                        since,
                        json.path("reason").asText(),
                        json.path("message").asText()));
    }

    private static Optional<FlowStatus> flow(JsonNode json) {
        Optional<FlowState> state = Stream.of(FlowState.values())
                .filter(each -> each.spelling().equals(json.path("state").asText()))
                .findFirst();
        return state.flatMap(known -> time(json.path("since"))
                .map(since -> new FlowStatus(
                        json.path("name").asText(),
                        known,
                        since,
                        json.path("pairs").asInt(),
                        json.path("pairsAmiss").asInt(),
                        each(json.path("blockedBy"), blocker -> Optional.of(blocker(blocker))),
                        json.path("blockedByCount").asInt(),
                        json.path("message").asText())));
    }

    private static FlowStatus.Blocker blocker(JsonNode json) {
        boolean ingress = json.path("direction").asText().equals(Direction.INGRESS.policyType());
        String namespace = json.path("namespace").asText();
        String name = json.path("name").asText();
        return new FlowStatus.Blocker(
                json.has("kind")
                        ? new ObjectRef(json.path("kind").asText(), namespace, name)
                        : ObjectRef.of(new PolicyRef(namespace, name)),
                json.path("rule").asText(""),
                ingress ? Direction.INGRESS : Direction.EGRESS);
    }

    private static Optional<Instant> time(JsonNode json) {
        try {
            return Optional.of(Instant.parse(json.asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <T> List<T> each(JsonNode list, Function<JsonNode, Optional<T>> read) {
        List<T> all = new ArrayList<>();
        list.forEach(item -> read.apply(item).ifPresent(all::add));
        return all;
    }
}
