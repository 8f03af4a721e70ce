package dev.flowguard.policy.amend;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Label selectors as manifests have them. */
public final class WrittenSelector {
    private WrittenSelector() {}

    /** {@code {matchLabels: {app: orders}}}, and matchExpressions for what labels cannot say. */
    public static Map<String, Object> of(LabelSelector selector) {
        return of(selector.requirements(), UnaryOperator.identity());
    }

    /** @param key how keys are written, which some kinds do in ways of their own */
    public static Map<String, Object> of(List<Requirement> requirements, UnaryOperator<String> key) {
        Map<String, Object> labels = new LinkedHashMap<>();
        List<Map<String, Object>> expressions = new ArrayList<>();
        for (Requirement requirement : requirements) {
            boolean isLabel = requirement.operator() == Requirement.Operator.IN
                    && requirement.values().size() == 1
                    && !labels.containsKey(key.apply(requirement.key()));
            if (isLabel) {
                labels.put(key.apply(requirement.key()), requirement.values().get(0));
            } else {
                expressions.add(expression(requirement, key.apply(requirement.key())));
            }
        }
        Map<String, Object> selector = new LinkedHashMap<>();
        if (!labels.isEmpty()) {
            selector.put("matchLabels", labels);
        }
        if (!expressions.isEmpty()) {
            selector.put("matchExpressions", expressions);
        }
        return selector;
    }

    /** An entry of {@code matchExpressions}. */
    public static Map<String, Object> expression(Requirement requirement, String key) {
        Map<String, Object> expression = new LinkedHashMap<>();
        expression.put("key", key);
        expression.put("operator", requirement.operator().spelling());
        if (requirement.operator().takesValues()) {
            expression.put("values", requirement.values());
        }
        return expression;
    }
}
