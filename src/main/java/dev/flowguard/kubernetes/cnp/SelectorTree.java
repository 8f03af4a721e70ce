package dev.flowguard.kubernetes.cnp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.Choices;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.LabelSyntax;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Requirement.Operator;
import dev.flowguard.policy.chain.UnreadablePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Label selectors of which the schema is known to hold. */
final class SelectorTree {
    private SelectorTree() {}

    /** What nobody can read in it, though the schema holds: the API server takes any text for keys, operators and values. */
    static List<UnreadablePart> mistakes(JsonNode selector, FieldPath path) {
        List<UnreadablePart> mistakes = new ArrayList<>();
        FieldPath labels = path.field("matchLabels");
        selector.path("matchLabels").fields().forEachRemaining(label -> {
            add(labels.field(label.getKey()), LabelSyntax.mistakeInKey(label.getKey()), mistakes);
            add(
                    labels.field(label.getKey()),
                    LabelSyntax.mistakeInValue(label.getValue().asText("")),
                    mistakes);
        });
        JsonNode expressions = selector.path("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            mistakesIn(expressions.get(i), path.field("matchExpressions").item(i), mistakes);
        }
        return mistakes;
    }

    /** The same of a subject or peer that may be named by namespaces or by pods. */
    static List<UnreadablePart> mistakesInPods(JsonNode named, FieldPath path) {
        List<UnreadablePart> mistakes = new ArrayList<>(mistakes(named.path("namespaces"), path.field("namespaces")));
        for (String selector : List.of("namespaceSelector", "podSelector")) {
            mistakes.addAll(mistakes(
                    named.path("pods").path(selector), path.field("pods").field(selector)));
        }
        return mistakes;
    }

    private static void mistakesIn(JsonNode expression, FieldPath path, List<UnreadablePart> mistakes) {
        add(path.field("key"), LabelSyntax.mistakeInKey(expression.path("key").asText("")), mistakes);
        String spelling = expression.path("operator").asText("");
        Optional<Operator> operator = known(spelling);
        JsonNode values = expression.path("values");
        if (operator.isEmpty()) {
            add(
                    path.field("operator"),
                    Choices.mistakeIn(
                            spelling,
                            Arrays.stream(Operator.values())
                                    .map(Operator::spelling)
                                    .toList()),
                    mistakes);
        } else if (operator.get().takesValues() == values.isEmpty()) {
            add(
                    path.field("values"),
                    Optional.of("the operator " + spelling
                            + (operator.get().takesValues()
                                    ? " needs at least one value: list one, or use Exists or DoesNotExist"
                                    : " takes no values: leave them out, or use In or NotIn")),
                    mistakes);
        }
        for (int i = 0; i < values.size(); i++) {
            add(
                    path.field("values").item(i),
                    LabelSyntax.mistakeInValue(values.get(i).asText("")),
                    mistakes);
        }
    }

    private static void add(FieldPath path, Optional<String> mistake, List<UnreadablePart> mistakes) {
        mistake.ifPresent(text -> mistakes.add(new UnreadablePart(path.toString(), text)));
    }

    /** The selector; of one that cannot be read the part that can. */
    static LabelSelector read(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        selector.path("matchLabels")
                .fields()
                .forEachRemaining(label -> requirements.add(
                        Requirement.in(label.getKey(), List.of(label.getValue().asText("")))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            known(expression.path("operator").asText())
                    .filter(operator -> operator.takesValues() != values.isEmpty())
                    .ifPresent(operator -> requirements.add(
                            new Requirement(expression.path("key").asText(), operator, values)));
        }
        return new LabelSelector(requirements);
    }

    private static Optional<Operator> known(String spelling) {
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.spelling().equals(spelling))
                .findFirst();
    }
}
