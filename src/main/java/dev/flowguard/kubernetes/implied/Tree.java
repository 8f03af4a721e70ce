package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Looks into objects of kinds without a model; what is of another type than asked for is as good as absent. */
final class Tree {
    private Tree() {}

    static Stream<JsonNode> items(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
    }

    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }

    static String textOr(JsonNode value, String otherwise) {
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : otherwise;
    }

    static List<String> texts(JsonNode list) {
        return items(list).filter(JsonNode::isTextual).map(JsonNode::textValue).toList();
    }

    static Labels labels(JsonNode map) {
        Map<String, String> labels = new TreeMap<>();
        map.fields().forEachRemaining(field -> {
            if (field.getValue().isTextual()) {
                labels.put(field.getKey(), field.getValue().textValue());
            }
        });
        return Labels.of(labels);
    }

    /** The selector; empty where there is none, or one that the API server would refuse. */
    static Optional<LabelSelector> selector(JsonNode selector) {
        if (!selector.isObject()) {
            return Optional.empty();
        }
        List<Requirement> requirements = new ArrayList<>(
                LabelSelector.ofLabels(labels(selector.path("matchLabels")).asMap())
                        .requirements());
        for (JsonNode expression : selector.path("matchExpressions")) {
            Optional<Requirement> requirement = requirement(expression);
            if (requirement.isEmpty()) {
                return Optional.empty();
            }
            requirements.add(requirement.get());
        }
        return Optional.of(new LabelSelector(requirements));
    }

    private static Optional<Requirement> requirement(JsonNode expression) {
        String key = text(expression.path("key"));
        List<String> values = texts(expression.path("values"));
        return Stream.of(Requirement.Operator.values())
                .filter(operator -> operator.spelling().equals(text(expression.path("operator"))))
                .filter(operator -> operator.takesValues() != values.isEmpty() && !key.isEmpty())
                .findFirst()
                .map(operator -> new Requirement(key, operator, values));
    }
}
