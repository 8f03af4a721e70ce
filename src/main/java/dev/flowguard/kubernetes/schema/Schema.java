package dev.flowguard.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.TypeMistake;
import dev.flowguard.kubernetes.TypeMistake.Expected;
import dev.flowguard.kubernetes.field.Choices;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What values a field of a custom resource may have. A null is no value, as for the API server, which drops it. */
@FunctionalInterface
public interface Schema {
    /** Notes why the API server would refuse the value, and the fields in it that the schema does not have. */
    void check(JsonNode value, FieldPath path, Notes notes);

    /** Any value at all, of which nothing is looked at. */
    Schema ANYTHING = (value, path, notes) -> {};

    Schema TEXT = text(text -> Optional.empty());

    Schema BOOLEAN =
            (value, path, notes) -> notes.isRight(path, TypeMistake.in(value, Expected.BOOLEAN, value.isBoolean()));

    /** @param mistake what is wrong with a text, as a sentence; empty if nothing is */
    static Schema text(Function<String, Optional<String>> mistake) {
        return (value, path, notes) -> {
            if (notes.isRight(path, TypeMistake.in(value, Expected.STRING, value.isTextual()))) {
                notes.isRight(path, mistake.apply(value.textValue()));
            }
        };
    }

    static Schema oneOf(String... choices) {
        List<String> list = List.of(choices);
        return text(text -> Choices.mistakeIn(text, list));
    }

    static Schema integer(int least, int most) {
        return (value, path, notes) -> {
            boolean whole = value.isIntegralNumber();
            if (notes.isRight(path, TypeMistake.in(value, Expected.INTEGER, whole))
                    && !(value.canConvertToInt() && value.intValue() >= least && value.intValue() <= most)) {
                notes.problem(path, value + " is out of range: write a number from " + least + " to " + most);
            }
        };
    }

    static Schema list(Schema items) {
        return list(items, Integer.MAX_VALUE);
    }

    static Schema list(Schema items, int most) {
        return (value, path, notes) -> {
            if (!notes.isRight(path, TypeMistake.in(value, Expected.LIST, value.isArray()))) {
                return;
            }
            if (value.size() > most) {
                notes.problem(
                        path,
                        most == 0
                                ? "is no longer a field that may hold anything: take its entries out"
                                : "has " + value.size() + " entries: at most " + most + " are allowed, split the list");
            }
            for (int i = 0; i < value.size(); i++) {
                items.check(value.get(i), path.item(i), notes);
            }
        };
    }

    /** A list that is not empty. */
    static Schema some(Schema items, int most) {
        Schema list = list(items, most);
        return (value, path, notes) -> {
            list.check(value, path, notes);
            if (value.isArray() && value.isEmpty()) {
                notes.problem(path, "is empty: list at least one, or leave it out if that is allowed");
            }
        };
    }

    /** A list in which nothing stands twice. */
    static Schema set(Schema list) {
        return (value, path, notes) -> {
            list.check(value, path, notes);
            Set<JsonNode> seen = new HashSet<>();
            for (int i = 0; value.isArray() && i < value.size(); i++) {
                if (!seen.add(value.get(i))) {
                    notes.problem(path.item(i), value.get(i).asText() + " is there twice: write it once");
                }
            }
        };
    }

    /** A text of at most so many characters. */
    static Schema text(int longest) {
        return text(text -> text.length() <= longest
                ? Optional.empty()
                : Optional.of("has " + text.length() + " characters: at most " + longest + " are allowed"));
    }

    /** A mapping with keys of the user's own. */
    static Schema map(Schema values) {
        return (value, path, notes) -> {
            if (notes.isRight(path, TypeMistake.in(value, Expected.MAPPING, value.isObject()))) {
                value.fields().forEachRemaining(entry -> {
                    if (!entry.getValue().isNull()) {
                        values.check(entry.getValue(), path.field(entry.getKey()), notes);
                    }
                });
            }
        };
    }
}
