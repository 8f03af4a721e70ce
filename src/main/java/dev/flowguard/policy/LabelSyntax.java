package dev.flowguard.policy;

import dev.flowguard.net.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the API server takes for the key and the value of a label ({@code IsQualifiedName}, {@code IsValidLabelValue}). A key is
 * {@code [prefix/]name}; the prefix is a DNS name.
 */
public final class LabelSyntax {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String CHARACTERS =
            " letters, digits, \"-\", \"_\" and \".\", the first and last a letter or digit";

    private LabelSyntax() {}

    public static boolean isKey(String text) {
        return mistakeInKey(text).isEmpty();
    }

    public static boolean isValue(String text) {
        return text.isEmpty() || isName(text);
    }

    /** What keeps the text from being a label's key, as a sentence that quotes it; empty if nothing does. */
    public static Optional<String> mistakeInKey(String text) {
        int slash = text.indexOf('/');
        String expected = "";
        if (slash >= 0 && !isPrefix(text.substring(0, slash))) {
            expected = "a DNS name in lower case, such as example.com, before the \"/\"";
        } else if (text.indexOf('/', slash + 1) >= 0) {
            expected = "at most one \"/\"";
        } else if (!isName(text.substring(slash + 1))) {
            expected = "1 to " + LONGEST_NAME + CHARACTERS + (slash < 0 ? "" : ", after the \"/\"");
        }
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not a label key: expected " + expected);
    }

    /** What keeps the text from being a label's value, as a sentence that quotes it; empty if nothing does. */
    public static Optional<String> mistakeInValue(String text) {
        return isValue(text)
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not a label value: expected at most " + LONGEST_NAME + CHARACTERS);
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }

    private static boolean isPrefix(String text) {
        return text.length() <= LONGEST_PREFIX && PREFIX.matcher(text).matches();
    }
}
