package dev.flowguard.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.TypeMistake;
import dev.flowguard.kubernetes.TypeMistake.Expected;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mapping with fields of its own.
 *
 * @param required fields that must be there
 * @param exactlyOne fields of which one must be there and no other; none: no such demand
 * @param atLeastOne fields of which one must be there
 */
public record ObjectSchema(
        Map<String, Schema> fields, List<String> required, List<String> exactlyOne, List<String> atLeastOne)
        implements Schema {
    public ObjectSchema {
        fields = Map.copyOf(fields);
        required = List.copyOf(required);
        exactlyOne = List.copyOf(exactlyOne);
        atLeastOne = List.copyOf(atLeastOne);
    }

    public static ObjectSchema empty() {
        return new ObjectSchema(Map.of(), List.of(), List.of(), List.of());
    }

    public ObjectSchema with(String name, Schema schema) {
        Map<String, Schema> more = new LinkedHashMap<>(fields);
        more.put(name, schema);
        return new ObjectSchema(more, required, exactlyOne, atLeastOne);
    }

    /** With the fields of another one too. */
    public ObjectSchema and(ObjectSchema other) {
        Map<String, Schema> more = new LinkedHashMap<>(fields);
        more.putAll(other.fields);
        return new ObjectSchema(more, required, exactlyOne, atLeastOne);
    }

    public ObjectSchema requiring(String... names) {
        return new ObjectSchema(fields, List.of(names), exactlyOne, atLeastOne);
    }

    public ObjectSchema withExactlyOneOf(String... names) {
        return new ObjectSchema(fields, required, List.of(names), atLeastOne);
    }

    public ObjectSchema withSomeOf(String... names) {
        return new ObjectSchema(fields, required, exactlyOne, List.of(names));
    }

    @Override
    public void check(JsonNode value, FieldPath path, Notes notes) {
        if (!notes.isRight(path, TypeMistake.in(value, Expected.MAPPING, value.isObject()))) {
            return;
        }
        checkPresence(value, path, notes);
        List<String> unknown = new ArrayList<>();
        value.fields().forEachRemaining(field -> {
            Schema schema = fields.get(field.getKey());
            if (schema == null) {
                unknown.add(field.getKey());
            } else if (!field.getValue().isNull()) {
                schema.check(field.getValue(), path.field(field.getKey()), notes);
            }
        });
        notes.unknown(path, unknown, fields.keySet());
    }

    private void checkPresence(JsonNode value, FieldPath path, Notes notes) {
        present(value, required, false).forEach(name -> notes.problem(path.field(name), "is missing: add it"));
        List<String> chosen = present(value, exactlyOne, true);
        if (!exactlyOne.isEmpty() && chosen.size() != 1) {
            notes.problem(
                    path,
                    chosen.isEmpty()
                            ? "has none of " + String.join(", ", exactlyOne) + ": write one of them"
                            : "has both " + String.join(" and ", chosen) + ": write only one of them");
        }
        if (!atLeastOne.isEmpty() && present(value, atLeastOne, true).isEmpty()) {
            notes.problem(path, "has none of " + String.join(", ", atLeastOne) + ": write at least one of them");
        }
    }

    private static List<String> present(JsonNode value, Collection<String> names, boolean wanted) {
        return names.stream().filter(name -> value.hasNonNull(name) == wanted).toList();
    }
}
