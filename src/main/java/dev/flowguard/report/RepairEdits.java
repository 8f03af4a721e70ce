package dev.flowguard.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.policy.amend.Edit;

/** Makes edits in manifests. */
final class RepairEdits {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RepairEdits() {}

    /** @param object the manifest; empty for a policy that there is none of yet */
    static ObjectNode make(ObjectNode object, Edit edit) {
        return edit.match(
                added -> object.setAll((ObjectNode) MAPPER.<JsonNode>valueToTree(added.manifest())),
                rules -> insert(object, rules),
                leftOut -> {
                    leftOut.selectors().forEach(selector -> append(object, selector, leftOut));
                    return object;
                });
    }

    /** Puts a value where another one stands. */
    static ObjectNode set(ObjectNode object, String path, Object value) {
        String pointer = pointer(path);
        int last = pointer.lastIndexOf('/');
        JsonNode holder = object.at(pointer.substring(0, last));
        JsonNode tree = MAPPER.valueToTree(value);
        if (holder instanceof ArrayNode list) {
            list.set(Integer.parseInt(pointer.substring(last + 1)), tree);
        } else {
            ((ObjectNode) holder).set(pointer.substring(last + 1), tree);
        }
        return object;
    }

    private static ObjectNode insert(ObjectNode object, Edit.NewRules rules) {
        ObjectNode in = (ObjectNode) object.at(pointer(rules.in()));
        ArrayNode section = in.path(rules.section()).isArray()
                ? (ArrayNode) in.path(rules.section())
                : in.putArray(rules.section());
        int at = Math.min(rules.at(), section.size());
        for (int i = 0; i < rules.rules().size(); i++) {
            section.insert(at + i, MAPPER.<JsonNode>valueToTree(rules.rules().get(i)));
        }
        return object;
    }

    private static void append(ObjectNode object, String path, Edit.LeftOut leftOut) {
        ObjectNode selector = (ObjectNode) object.at(pointer(path));
        selector.withArrayProperty("matchExpressions").add(MAPPER.<JsonNode>valueToTree(leftOut.condition()));
    }

    /** {@code spec.ingress[0]} as a JSON pointer. */
    private static String pointer(String path) {
        return "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }
}
