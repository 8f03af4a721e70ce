package dev.flowguard.policy;

import dev.flowguard.net.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the API server takes for the name of a container port: an IANA service name in lower case (RFC 6335). */
public final class PortName {
    private static final int LONGEST = 15;
    private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private PortName() {}

    public static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /** What keeps the text from being a port's name, as a sentence that quotes it; empty if nothing does. */
    public static Optional<String> mistakeIn(String text) {
        return isName(text)
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not a port name: "
                        + (isDigits(text)
                                ? "expected at least one letter; a number is written without quotes"
                                : "expected 1 to " + LONGEST
                                        + " lower-case letters, digits and single \"-\" between them,"
                                        + " at least one a letter"));
    }

    /** Whether a number was written as if it were a name (SEMANTICS Q19). */
    public static boolean isDigits(String text) {
        return DIGITS.matcher(text).matches();
    }
}
