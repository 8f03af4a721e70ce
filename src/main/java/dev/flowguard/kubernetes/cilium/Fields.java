package dev.flowguard.kubernetes.cilium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** Walks trees of which the schema is known to hold; a null is as good as nothing. */
final class Fields {
    /** A part of an object, and where it stands. */
    record Part(FieldPath path, JsonNode value) {
        Part field(String name) {
            return new Part(path.field(name), value.path(name));
        }

        boolean has(String name) {
            return value.hasNonNull(name);
        }

        /** The entries of the list in that field; none where there is no list. */
        List<Part> items(String name) {
            List<Part> items = new ArrayList<>();
            JsonNode list = value.path(name);
            for (int i = 0; i < list.size(); i++) {
                items.add(new Part(path.field(name).item(i), list.get(i)));
            }
            return items;
        }

        String text(String name) {
            return value.path(name).asText("");
        }

        /** Whether the list is written out and holds nothing. */
        boolean isEmptyList(String name) {
            return value.path(name).isArray() && value.path(name).isEmpty();
        }
    }

    private Fields() {}

    /** The parts of a policy that are policies of their own: {@code spec}, then {@code specs}. */
    static List<Part> specs(JsonNode tree) {
        Part object = new Part(FieldPath.ROOT, tree);
        List<Part> specs = new ArrayList<>();
        if (object.has("spec")) {
            specs.add(object.field("spec"));
        }
        specs.addAll(object.items("specs"));
        return specs;
    }
}
