package dev.flowguard.kubernetes;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.flowguard.net.Quoted;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** @param found the value that the exception is about */
    static String sentence(JsonMappingException mistake, JsonNode found) {
        return sentence(expected(mistake), found);
    }

    /** The sentence for a value that is not of the expected type; empty if it is. */
    public static Optional<String> in(JsonNode found, Expected expected, boolean right) {
        return right ? Optional.empty() : Optional.of(sentence(expected, found));
    }

    private static String sentence(Expected expected, JsonNode found) {
        return "expected " + expected.words + ", found " + words(found) + remedy(expected, found);
    }

    private static Expected expected(JsonMappingException mistake) {
        @Nullable Class<?> target = target(mistake);
        if (target == null) {
            return Expected.MAPPING;
        } else if (target == String.class) {
            return Expected.STRING;
        } else if (target == IntOrString.class) {
            return Expected.PORT;
        } else if (target == Boolean.class || target == boolean.class) {
            return Expected.BOOLEAN;
        } else if (Number.class.isAssignableFrom(target) || target == int.class || target == long.class) {
            return Expected.INTEGER;
        }
        return Collection.class.isAssignableFrom(target) ? Expected.LIST : Expected.MAPPING;
    }

    private static @Nullable Class<?> target(JsonMappingException mistake) {
        if (mistake instanceof MismatchedInputException mismatch) {
            return mismatch.getTargetType();
        }
        if (mistake instanceof ValueInstantiationException instantiation) {
            return instantiation.getType().getRawClass();
        }
        return mistake.getCause() instanceof InputCoercionException coercion ? coercion.getTargetType() : null;
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
