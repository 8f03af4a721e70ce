package dev.flowguard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which CEL rules of a schema an object breaks, each with the path of the field and the rule's message. */
final class RuleCheck {
    private final List<String> broken = new ArrayList<>();

    private RuleCheck() {}

    static List<String> broken(JsonNode schema, JsonNode object) {
        RuleCheck check = new RuleCheck();
        check.value(schema, object, "");
        return check.broken;
    }

    private void value(JsonNode schema, JsonNode value, String path) {
        schema.path("x-kubernetes-validations").forEach(rule -> {
            if (!Cel.holds(rule.get("rule").asText(), Map.of("self", value))) {
                broken.add(path + rule.path("fieldPath").asText() + ": "
                        + rule.get("message").asText());
            }
        });
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                value(
                        property.getValue(),
                        value.get(property.getKey()),
                        path.isEmpty() ? property.getKey() : path + "." + property.getKey());
            }
        });
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                value(schema.path("items"), value.get(i), path + "[" + i + "]");
            }
        }
    }
}
