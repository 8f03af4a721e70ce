package dev.flowguard.kubernetes.cnp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Requirement.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Label selectors of which the schema is known to hold. */
final class SelectorTree {
    private SelectorTree() {}

    static LabelSelector read(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        selector.path("matchLabels")
                .fields()
                .forEachRemaining(label -> requirements.add(
                        Requirement.in(label.getKey(), List.of(label.getValue().asText("")))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            requirements.add(new Requirement(
                    expression.path("key").asText(),
                    operator(expression.path("operator").asText()),
                    values));
        }
        return new LabelSelector(requirements);
    }

    private static Operator operator(String spelling) {
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.spelling().equals(spelling))
                .findFirst()
                .orElseThrow();
    }
}
