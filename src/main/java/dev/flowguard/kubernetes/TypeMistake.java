package dev.flowguard.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.net.Quoted;
import java.util.Optional;

/** The words for a value of the wrong type: what was expected, what was found, and how that usually comes about. */
public final class TypeMistake {
    /** The types that a field may be of. */
    public enum Expected {
        STRING("a string"),
        INTEGER("a whole number"),
        BOOLEAN("true or false"),
        PORT("a port number or name"),
        LIST("a list"),
        MAPPING("a mapping");

        private final String words;

        Expected(String words) {
            this.words = words;
        }
    }

    private TypeMistake() {}

    /** The sentence for a value that is not of the expected type; empty if it is. */
    public static Optional<String> in(JsonNode found, Expected expected, boolean right) {
        return right ? Optional.empty() : Optional.of(sentence(expected, found));
    }

    private static String sentence(Expected expected, JsonNode found) {
        return "expected " + expected.words + ", found " + words(found) + remedy(expected, found);
    }

    private static String words(JsonNode found) {
        return switch (found.getNodeType()) {
            case BOOLEAN -> "the boolean " + found;
            case NUMBER -> "the number " + found;
            case STRING -> "the string " + Quoted.of(found.textValue());
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            default -> "nothing";
        };
    }

    private static String remedy(Expected expected, JsonNode found) {
        if (expected == Expected.STRING && found.isBoolean()) {
            return (found.booleanValue()
                            ? " (an unquoted y, yes or on is a boolean in YAML)"
                            : " (an unquoted n, no or off is a boolean in YAML)")
                    + ": put it in quotes";
        }
        if (expected == Expected.STRING && found.isNumber()) {
            return ": put it in quotes";
        }
        boolean quoted = found.isTextual()
                && ((expected == Expected.INTEGER && found.textValue().matches("-?[0-9]+"))
                        || (expected == Expected.BOOLEAN && found.textValue().matches("true|false")));
        if (quoted) {
            return ": write it without quotes";
        }
        if (expected == Expected.LIST) {
            return ": begin each entry with \"- \"";
        }
        return expected == Expected.MAPPING && found.isArray() ? ": write its fields without \"- \" before them" : "";
    }
}
