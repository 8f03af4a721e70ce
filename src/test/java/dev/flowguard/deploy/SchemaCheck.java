package dev.flowguard.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.net.Cidr;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the API server would have against an object, by the schema of its kind: each with the path of the field, in its words. As
 * there, rules are evaluated only for an object whose shape is right.
 */
final class SchemaCheck {
    private final List<String> mistakes = new ArrayList<>();

    private SchemaCheck() {}

    static List<String> mistakesIn(ObjectNode object) {
        SchemaCheck check = new SchemaCheck();
        JsonNode schema = Schema.ofKind(object.path("kind").asText()).root();
        ObjectNode completed = object.deepCopy();
        addDefaults(schema, completed);
        check.value(schema, completed, "");
        return check.mistakes.isEmpty() ? RuleCheck.broken(schema, completed) : check.mistakes;
    }

    private static void addDefaults(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                JsonNode wanted = property.getValue();
                if (!object.has(property.getKey()) && wanted.has("default")) {
                    object.set(property.getKey(), wanted.get("default"));
                }
                addDefaults(wanted, object.path(property.getKey()));
            });
        }
        if (value instanceof ArrayNode list) {
            list.forEach(each -> addDefaults(schema.path("items"), each));
        }
    }

    private void value(JsonNode schema, JsonNode value, String path) {
        if (!isOfType(schema, value)) {
            mistakes.add(path + ": must be of type " + schema.path("type").asText("integer or string"));
            return;
        }
        if (schema.has("enum") && !Yaml.texts(schema.get("enum")).contains(value.asText())) {
            mistakes.add(path + ": Unsupported value: " + value);
        }
        if (value.isTextual()) {
            text(schema, value.asText(), path);
        }
        if (value.isNumber()) {
            between(schema, "minimum", value.asLong(), "maximum", path);
        }
        if (value instanceof ArrayNode list) {
            list(schema, list, path);
        }
        if (value instanceof ObjectNode object) {
            fields(schema, object, path);
        }
    }

    private static boolean isOfType(JsonNode schema, JsonNode value) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.get("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "integer" -> value.isIntegralNumber();
            case "string" -> value.isTextual();
            default -> throw new IllegalArgumentException("type " + schema.get("type"));
        };
    }

    private void text(JsonNode schema, String text, String path) {
        between(schema, "minLength", text.length(), "maxLength", path);
        String pattern = schema.path("pattern").asText();
        if (!Pattern.compile(pattern).matcher(text).find()) {
            mistakes.add(path + ": should match " + pattern);
        }
        String format = schema.path("format").asText();
        if (!hasFormat(format, text)) {
            mistakes.add(path + ": must be of type " + format);
        }
    }

    private static boolean hasFormat(String format, String text) {
        try {
            switch (format) {
                case "" -> {}
                case "cidr" -> Cidr.parse(text);
                case "date-time" -> Instant.parse(text);
                default -> throw new AssertionError("format " + format);
            }
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    private void list(JsonNode schema, ArrayNode list, String path) {
        between(schema, "minItems", list.size(), "maxItems", path);
        Set<List<String>> keys = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode each = list.get(i);
            value(schema.get("items"), each, path + "[" + i + "]");
            if (schema.path("x-kubernetes-list-type").asText().equals("map")
                    && !keys.add(Yaml.texts(schema.get("x-kubernetes-list-map-keys")).stream()
                            .map(key -> each.path(key).asText())
                            .toList())) {
                mistakes.add(path + "[" + i + "]: Duplicate value");
            }
        }
    }

    private void fields(JsonNode schema, ObjectNode object, String path) {
        if (path.equals("metadata")) {
            return;
        }
        between(schema, "minProperties", object.size(), "maxProperties", path);
        for (String required : Yaml.texts(schema.path("required"))) {
            if (!object.has(required)) {
                mistakes.add(child(path, required) + ": Required value");
            }
        }
        object.properties().forEach(field -> {
            JsonNode wanted = schema.path("properties").path(field.getKey()).isMissingNode()
                    ? schema.path("additionalProperties")
                    : schema.get("properties").get(field.getKey());
            if (wanted.isMissingNode()) {
                mistakes.add("unknown field \"" + child(path, field.getKey()) + "\"");
            } else {
                value(wanted, field.getValue(), child(path, field.getKey()));
            }
        });
    }

    private void between(JsonNode schema, String least, long actual, String most, String path) {
        if (schema.has(least) && actual < schema.get(least).asLong()
                || schema.has(most) && actual > schema.get(most).asLong()) {
            mistakes.add(path + ": " + actual + " is not between " + least + " and " + most);
        }
    }

    private static String child(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
