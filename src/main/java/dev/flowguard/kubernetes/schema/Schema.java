package dev.flowguard.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.TypeMistake;
import dev.flowguard.kubernetes.TypeMistake.Expected;
import dev.flowguard.kubernetes.field.Choices;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import java.util.List;
import java.util.Optional;
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
