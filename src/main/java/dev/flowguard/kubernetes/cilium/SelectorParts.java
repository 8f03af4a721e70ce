package dev.flowguard.kubernetes.cilium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.cilium.AgentCheck.Objections;
import dev.flowguard.kubernetes.cilium.Fields.Part;
import dev.flowguard.policy.LabelSyntax;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Requirement.Operator;
import dev.flowguard.policy.cilium.CiliumSelector;
import dev.flowguard.policy.cilium.CiliumSelector.Source;
import dev.flowguard.policy.cilium.CiliumSelector.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads selectors of endpoints, whose keys may have a source before them. */
final class SelectorParts {
    private static final Map<String, Operator> OPERATORS = Map.of(
            "In",
            Operator.IN,
            "NotIn",
            Operator.NOT_IN,
            "Exists",
            Operator.EXISTS,
            "DoesNotExist",
            Operator.DOES_NOT_EXIST);

    private final Part selector;

    SelectorParts(Part selector) {
        this.selector = selector;
    }

    /** Hands over what the agent objects to. */
    void check(Objections objections) {
        labels().forEach((key, value) -> CiliumSyntax.mistakeInLabelKey(key)
                .ifPresent(mistake ->
                        objections.refuse(selector.path().field("matchLabels").field(key), mistake)));
        for (Part expression : selector.items("matchExpressions")) {
            CiliumSyntax.mistakeInLabelKey(expression.text("key"))
                    .ifPresent(mistake -> objections.refuse(expression.path().field("key"), mistake));
            for (Part value : expression.items("values")) {
                LabelSyntax.mistakeInValue(value.value().asText())
                        .ifPresent(mistake -> objections.refuse(value.path(), mistake));
            }
            if (operator(expression).takesValues() == expression.items("values").isEmpty()) {
                objections.refuse(
                        expression.path().field("values"),
                        "the operator " + expression.text("operator")
                                + (operator(expression).takesValues()
                                        ? " needs at least one value: list one, or use Exists or DoesNotExist"
                                        : " takes no values: leave them out, or use In or NotIn"));
            }
        }
    }

    /** The selector; of terms that the agent objects to it has none. */
    CiliumSelector selector() {
        List<Term> terms = new ArrayList<>();
        labels().forEach((key, value) -> terms.add(term(key, Operator.IN, List.of(value))));
        for (Part expression : selector.items("matchExpressions")) {
            List<String> values = expression.items("values").stream()
                    .map(each -> each.value().asText())
                    .toList();
            if (operator(expression).takesValues() != values.isEmpty()) {
                terms.add(term(expression.text("key"), operator(expression), values));
            }
        }
        return new CiliumSelector(terms);
    }

    private static Term term(String key, Operator operator, List<String> values) {
        int colon = key.indexOf(':');
        return new Term(
                colon < 0 ? Source.ANY : Source.spelled(key.substring(0, colon)),
                new Requirement(key.substring(colon + 1), operator, values));
    }

    private static Operator operator(Part expression) {
        return OPERATORS.getOrDefault(expression.text("operator"), Operator.EXISTS);
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        JsonNode written = selector.value().path("matchLabels");
        written.fields()
                .forEachRemaining(
                        entry -> labels.put(entry.getKey(), entry.getValue().asText("")));
        return labels;
    }
}
