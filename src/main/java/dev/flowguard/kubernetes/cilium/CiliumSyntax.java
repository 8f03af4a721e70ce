package dev.flowguard.kubernetes.cilium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.Quoted;
import dev.flowguard.policy.LabelSyntax;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Cilium writes ports, blocks, labels and names. */
final class CiliumSyntax {
    private static final int HIGHEST_PORT = 65535;
    private static final int LONGEST_PORT_NAME = 15;
    private static final int LONGEST_DOMAIN = 255;
    private static final int HIGHEST_ICMP_TYPE = 255;

    /** An IANA service name of either case. */
    private static final Pattern PORT_NAME = Pattern.compile("(?=[0-9-]*[a-zA-Z])[a-zA-Z0-9]++(-[a-zA-Z0-9]++)*+");

    private static final Pattern DOMAIN = Pattern.compile("[-a-zA-Z0-9_]++(\\.[-a-zA-Z0-9_]++)*+\\.?");
    private static final Pattern DOMAIN_PATTERN = Pattern.compile("[-a-zA-Z0-9_*]++(\\.[-a-zA-Z0-9_*]++)*+\\.?");
    private static final Pattern OBJECT_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|[./])0[0-9]");
    private static final Pattern GO_NUMBER = Pattern.compile(
            "0[xX](?<hex>[0-9a-fA-F_]{1,9})|0[bB](?<bin>[01_]{1,40})|0[oO]?(?<oct>[0-7_]{0,12})|(?<dec>[1-9][0-9_]{0,9})");

    private CiliumSyntax() {}

    /** Of the schema's format {@code cidr}, which takes no legacy spelling. */
    static Optional<String> mistakeInBlock(String text) {
        if (LEADING_ZERO.matcher(text).find() && text.indexOf(':') < 0) {
            return Optional.of(Quoted.of(text) + " is not an address block: write its numbers without leading zeros");
        }
        try {
            Cidr.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException notABlock) {
            return Optional.ofNullable(notABlock.getMessage());
        }
    }

    static Optional<String> mistakeInGroupName(String text) {
        return text.length() <= 253 && OBJECT_NAME.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not the name of an object: expected lower-case letters, digits,"
                        + " \"-\" and \".\"");
    }

    static Optional<String> mistakeInLabelValue(String text) {
        return LabelSyntax.mistakeInValue(text);
    }

    /** The key of a label, with a source before it or none: {@code app}, {@code k8s:app}. */
    static Optional<String> mistakeInLabelKey(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return LabelSyntax.mistakeInKey(text);
        }
        if (!SOURCE.matcher(text.substring(0, colon)).matches()) {
            return Optional.of(Quoted.of(text) + " is not a label key: expected a source such as k8s before the \":\"");
        }
        return LabelSyntax.mistakeInKey(text.substring(colon + 1));
    }

    static Optional<String> mistakeInEmpty(String text) {
        return text.isEmpty() ? Optional.of("is empty: write a name") : Optional.empty();
    }

    /**
     * The schema's pattern is not anchored at its end, so that it takes whatever begins with a digit or ends like a name; the agent
     * sorts the rest out.
     */
    static Optional<String> mistakeInPort(String text) {
        boolean beginsWithDigit = !text.isEmpty() && Character.digit(text.charAt(0), 10) >= 0;
        return text.isEmpty() || beginsWithDigit || isPortName(text) || endsLikeName(text)
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is no port: write a number or the name of a container port");
    }

    private static boolean endsLikeName(String text) {
        int i = text.length() - 1;
        while (i >= 0 && isAlphanumeric(text.charAt(i))) {
            if (!Character.isDigit(text.charAt(i))) {
                return true;
            }
            i--;
        }
        return false;
    }

    private static boolean isAlphanumeric(char character) {
        return character < 128 && Character.isLetterOrDigit(character);
    }

    static boolean isPortName(String text) {
        return text.length() <= LONGEST_PORT_NAME && PORT_NAME.matcher(text).matches();
    }

    /** A port's number as the agent reads it: decimal, or with a prefix of another base; empty if it is none. */
    static OptionalInt portNumber(String text) {
        Matcher number = GO_NUMBER.matcher(text);
        if (!number.matches() || text.endsWith("_") || text.contains("__")) {
            return OptionalInt.empty();
        }
        long value = value(number);
        return value <= HIGHEST_PORT ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    private static long value(Matcher number) {
        if (number.group("hex") != null) {
            return digits(number.group("hex"), 16);
        }
        if (number.group("bin") != null) {
            return digits(number.group("bin"), 2);
        }
        return number.group("dec") != null ? digits(number.group("dec"), 10) : digits(number.group("oct"), 8);
    }

    private static long digits(String text, int radix) {
        String plain = text.replace("_", "");
        return plain.isEmpty() ? 0 : Long.parseLong(plain, radix);
    }

    static Optional<String> mistakeInDomain(String text, boolean pattern) {
        return text.length() <= LONGEST_DOMAIN
                        && (pattern ? DOMAIN_PATTERN : DOMAIN).matcher(text).matches()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is no DNS name: expected letters, digits, \"-\", \"_\" and \".\""
                        + (pattern ? ", and \"*\" for any of them" : "; for \"*\" write matchPattern"));
    }

    /** A number up to 255 or a name, of either type. */
    static void checkIcmpType(JsonNode value, FieldPath path, Notes notes) {
        boolean right = value.isIntegralNumber() || isIcmpType(value.asText());
        if (!right) {
            notes.problem(
                    path,
                    Quoted.of(value.asText()) + " is no ICMP type: write a number from 0 to 255 or a name"
                            + " such as EchoRequest");
        }
    }

    private static boolean isIcmpType(String text) {
        return IcmpTypes.isName(text)
                || (text.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(text) <= HIGHEST_ICMP_TYPE);
    }
}
