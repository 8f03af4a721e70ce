package dev.flowguard.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.repair.Repair;
import dev.flowguard.wording.KindNames;

/**
 * A step of a repair. A rule of a NetworkPolicy has {@code policy}, {@code exists}, {@code podSelector}, {@code section} and {@code
 * rule}, a selector that is mended its {@code field} and what stands there {@code now}; a policy of another kind has {@code kind} beside its name, and either its {@code manifest}, or {@code rules} with the {@code
 * section} and the place {@code at} which they go into it, or the {@code condition} that some {@code selectors} get.
 */
final class RepairJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RepairJson() {}

    static ObjectNode of(Repair.Step step) {
        return step.match(RepairJson::rule, RepairJson::mended, RepairJson::amended);
    }

    private static ObjectNode rule(Repair.NewRule step) {
        ObjectNode entry =
                MAPPER.createObjectNode().put("policy", step.ref().toString()).put("exists", step.exists());
        entry.set("podSelector", RuleJson.selector(step.podSelector()));
        entry.put("section", step.direction().section());
        entry.set("rule", RuleJson.rule(step.direction(), step.rule()));
        return entry;
    }

    private static ObjectNode mended(Repair.Mended step) {
        ObjectNode entry = MAPPER.createObjectNode()
                .put("policy", step.mended().ref().toString())
                .put("exists", true)
                .put("field", "spec." + step.field());
        return put(put(entry, "was", step.was()), "now", step.now());
    }

    private static ObjectNode amended(Repair.Amended step) {
        String object = KindNames.of(step.policy());
        int space = object.indexOf(' ');
        ObjectNode entry = MAPPER.createObjectNode()
                .put("policy", object.substring(space + 1))
                .put("kind", object.substring(0, space))
                .put("exists", step.exists());
        return step.edit()
                .match(
                        added -> put(entry, "manifest", added.manifest()),
                        rules -> put(
                                entry.put("section", rules.in() + "." + rules.section())
                                        .put("at", rules.at()),
                                "rules",
                                rules.rules()),
                        leftOut -> put(put(entry, "selectors", leftOut.selectors()), "condition", leftOut.condition()));
    }

    private static ObjectNode put(ObjectNode node, String field, Object value) {
        JsonNode tree = MAPPER.valueToTree(value);
        node.set(field, tree);
        return node;
    }
}
