package dev.flowguard.kubernetes.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.TypeMistake;
import dev.flowguard.kubernetes.TypeMistake.Expected;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one mapping, each asked for by name and type. What is absent, null or of another type is a null in the client's model;
 * the latter is noted as a mistake.
 */
public final class Fields {
    private final ObjectNode tree;
    private final FieldPath path;
    private final Notes notes;
    private final Set<String> asked = new HashSet<>();

    private Fields(ObjectNode tree, FieldPath path, Notes notes) {
        this.tree = tree;
        this.path = path;
        this.notes = notes;
    }

    /** Those of a whole object. */
    public static Fields of(ObjectNode object, Notes notes) {
        return new Fields(object, FieldPath.ROOT, notes);
    }

    /** Those that nobody has asked for so far. */
    Map<String, JsonNode> others() {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (!asked.contains(field.getKey())) {
                others.put(field.getKey(), field.getValue());
            }
        }
        return others;
    }

    @Nullable
    String text(String name) {
        return text(value(name), path.field(name));
    }

    @Nullable
    Integer integer(String name) {
        @Nullable JsonNode value = value(name);
        return value == null || !is(value, Expected.INTEGER, value.isIntegralNumber() && value.canConvertToInt(), name)
                ? null
                : (Integer) value.intValue();
    }

    @Nullable
    Boolean flag(String name) {
        @Nullable JsonNode value = value(name);
        return value == null || !is(value, Expected.BOOLEAN, value.isBoolean(), name)
                ? null
                : (Boolean) value.booleanValue();
    }

    @Nullable
    IntOrString port(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || !is(value, Expected.PORT, value.isInt() || value.isTextual(), name)) {
            return null;
        }
        return value.isInt() ? new IntOrString(value.intValue()) : new IntOrString(value.textValue());
    }

    @Nullable
    List<String> texts(String name) {
        return items(name, Fields::text);
    }

    /** Labels, and whatever else is a mapping of texts. */
    @Nullable
    Map<String, String> textMap(String name) {
        @Nullable JsonNode value = value(name);
        if (value == null || !is(value, Expected.MAPPING, value.isObject(), name)) {
            return null;
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            FieldPath at = path.field(name).field(entry.getKey());
            boolean isAbsent = entry.getValue().isNull();
            if (isAbsent
                    || is(entry.getValue(), Expected.STRING, entry.getValue().isTextual(), at)) {
                map.put(entry.getKey(), entry.getValue().textValue());
            }
        }
        return map;
    }

    <T> @Nullable T object(String name, Function<Fields, T> reader) {
        return object(value(name), path.field(name), reader);
    }

    <T> @Nullable List<T> list(String name, Function<Fields, T> reader) {
        return items(name, (fields, value, at) -> fields.object(value, at, reader));
    }

    /** What becomes of one item of a list. */
    private interface Item<T> {
        @Nullable
        T read(Fields fields, JsonNode value, FieldPath at);
    }

    /** A null or mistyped item keeps its place, for the others are told by theirs. */
    @SuppressWarnings("NullAway")
    private <T> @Nullable List<T> items(String name, Item<T> reader) {
        @Nullable JsonNode value = value(name);
        if (value == null || !is(value, Expected.LIST, value.isArray(), name)) {
            return null;
        }
        List<T> items = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            items.add(reader.read(this, item, path.field(name).item(items.size())));
        }
        return items;
    }

    private @Nullable String text(@Nullable JsonNode value, FieldPath at) {
        return value == null || value.isNull() || !is(value, Expected.STRING, value.isTextual(), at)
                ? null
                : value.textValue();
    }

    private <T> @Nullable T object(@Nullable JsonNode value, FieldPath at, Function<Fields, T> reader) {
        if (value == null || value.isNull() || !is(value, Expected.MAPPING, value.isObject(), at)) {
            return null;
        }
        return reader.apply(new Fields((ObjectNode) value, at, notes));
    }

    private @Nullable JsonNode value(String name) {
        asked.add(name);
        @Nullable JsonNode value = tree.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private boolean is(JsonNode value, Expected expected, boolean right, String name) {
        return right || is(value, expected, false, path.field(name));
    }

    private boolean is(JsonNode value, Expected expected, boolean right, FieldPath at) {
        return right || notes.isRight(at, TypeMistake.in(value, expected, false));
    }
}
