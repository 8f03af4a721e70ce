package dev.flowguard.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;

/** NetworkPolicies as the API writes them, where their manifests are not at hand: what they decide, and nothing else that they say. */
public final class PolicyJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PolicyJson() {}

    public static ObjectNode of(Policy policy) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
        object.putObject("metadata")
                .put("name", policy.ref().name())
                .put("namespace", policy.ref().namespace());
        ObjectNode spec = object.putObject("spec");
        spec.set("podSelector", RuleJson.selector(policy.podSelector()));
        ArrayNode types = spec.putArray("policyTypes");
        for (Direction direction : Direction.values()) {
            if (policy.isolates(direction)) {
                types.add(direction.policyType());
            }
            if (!policy.section(direction).written().isEmpty()) {
                ArrayNode section = spec.putArray(direction.section());
                for (Rule rule : policy.section(direction).written()) {
                    section.add(RuleJson.rule(direction, rule));
                }
            }
        }
        return object;
    }
}
