package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted scalar means to kubectl, which reads YAML 1.1 with go-yaml v2 ({@code sigs.k8s.io/yaml}, {@code resolve.go}):
 * {@code yes} is a boolean and {@code 0644} is 420, but {@code 1:30} and dates are strings. Fractions without a fractional part
 * become whole numbers on the way to JSON.
 */
final class PlainScalar {
    private static final Map<String, JsonNode> WORDS = words();
    private static final Pattern INTEGER = Pattern.compile("([-+]?)(0[xX]|0[oO]|0[bB]|0(?=[0-9]))?([0-9a-fA-F]+)");
    private static final Pattern FRACTION = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    /** From here on, JSON written by Go has an exponent. */
    private static final double LARGEST_WITHOUT_EXPONENT = 1e21;

    /** Nothing in Kubernetes is a number of more characters, and to compute one takes the longer the more there are of them. */
    private static final int LONGEST_NUMBER = 100;

    private PlainScalar() {}

    /** Whether it looks like a number, and is too long to be one. */
    static boolean isEndlessNumber(String text) {
        if (text.length() <= LONGEST_NUMBER) {
            return false;
        }
        boolean hasBase = text.length() > 1 && text.charAt(0) == '0' && "xXbBoO".indexOf(text.charAt(1)) >= 0;
        String digits = hasBase ? "0123456789abcdefABCDEFxXoO_" : "0123456789._eE+-";
        return text.chars().allMatch(character -> digits.indexOf(character) >= 0)
                && text.chars().anyMatch(character -> character >= '0' && character <= '9');
    }

    static JsonNode read(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return TextNode.valueOf(text);
        }
        return Optional.ofNullable(WORDS.get(text)).or(() -> number(text)).orElseGet(() -> TextNode.valueOf(text));
    }

    private static Optional<JsonNode> number(String text) {
        if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        if (text.charAt(0) == '.') {
            return fraction(text);
        }
        String plain = text.replace("_", "");
        return integer(plain).or(() -> fraction(plain));
    }

    private static Optional<JsonNode> integer(String text) {
        Matcher matcher = INTEGER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            BigInteger number = new BigInteger(matcher.group(1) + matcher.group(3), radix(matcher.group(2)));
            boolean decimal = matcher.group(2) == null;
            return decimal && number.abs().compareTo(LARGEST) > 0 ? Optional.empty() : Optional.of(node(number));
        } catch (NumberFormatException notOfThatRadix) {
            return Optional.empty();
        }
    }

    private static int radix(@Nullable String prefix) {
        return prefix == null
                ? 10
                : switch (prefix) {
                    case "0x", "0X" -> 16;
                    case "0b", "0B" -> 2;
                    default -> 8;
                };
    }

    private static Optional<JsonNode> fraction(String text) {
        if (!FRACTION.matcher(text).matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return Optional.empty();
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WITHOUT_EXPONENT;
        return Optional.of(whole ? node(new BigDecimal(value).toBigInteger()) : DoubleNode.valueOf(value));
    }

    /** The smallest kind of node that holds the number, for readers tell them apart. */
    private static JsonNode node(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(number.intValue());
        }
        return number.bitLength() < Long.SIZE ? LongNode.valueOf(number.longValue()) : BigIntegerNode.valueOf(number);
    }

    private static Map<String, JsonNode> words() {
        Map<String, JsonNode> words = new HashMap<>();
        for (String word : List.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")) {
            words.put(word, BooleanNode.TRUE);
        }
        for (String word : List.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")) {
            words.put(word, BooleanNode.FALSE);
        }
        for (String word : List.of("", "~", "null", "Null", "NULL")) {
            words.put(word, NullNode.instance);
        }
        return Map.copyOf(words);
    }
}
