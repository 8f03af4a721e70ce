package dev.flowguard.kubernetes.field;

import dev.flowguard.net.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the API server takes for the name of an object and of a namespace (RFC 1123). */
final class ObjectName {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern NAMESPACE = Pattern.compile(LABEL);
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    private ObjectName() {}

    static Optional<String> mistakeInName(String text) {
        if (text.isEmpty()) {
            return Optional.of("is missing: every object needs a name");
        }
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not a name: expected at most " + LONGEST_NAME
                        + " lower-case letters, digits, \"-\" and \".\", the first and last a letter or digit");
    }

    static Optional<String> mistakeInNamespace(String text) {
        return text.length() <= LONGEST_NAMESPACE && NAMESPACE.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not the name of a namespace: expected at most " + LONGEST_NAMESPACE
                        + " lower-case letters, digits and \"-\", the first and last a letter or digit");
    }
}
