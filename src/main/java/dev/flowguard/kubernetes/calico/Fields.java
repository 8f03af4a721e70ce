package dev.flowguard.kubernetes.calico;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** Walks a tree; a null, and a value of another type than is asked for, is as good as nothing. */
record Fields(FieldPath path, JsonNode value) {
    static Fields spec(JsonNode tree) {
        return new Fields(FieldPath.of("spec"), tree.path("spec"));
    }

    Fields field(String name) {
        return new Fields(path.field(name), value.path(name));
    }

    boolean has(String name) {
        return value.hasNonNull(name);
    }

    /** The entries of the list here; none where there is no list. */
    List<Fields> items() {
        List<Fields> items = new ArrayList<>();
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            items.add(new Fields(path.item(i), value.get(i)));
        }
        return items;
    }

    List<Fields> items(String name) {
        return field(name).items();
    }

    String text() {
        return value.isTextual() ? value.textValue() : "";
    }

    String text(String name) {
        return field(name).text();
    }

    List<String> texts(String name) {
        return items(name).stream().map(Fields::text).toList();
    }

    boolean flag(String name) {
        return value.path(name).asBoolean(false);
    }

    boolean isEmptyList(String name) {
        return value.path(name).isArray() && value.path(name).isEmpty();
    }
}
