package dev.flowguard.contract;

import dev.flowguard.net.Quoted;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of namespaces, of Services and of their ports: DNS labels (RFC 1123) in lower case. */
public final class DnsLabel {
    private static final int LONGEST = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern DASHES_AROUND = Pattern.compile("^-+|-+$");

    private DnsLabel() {}

    /**
     * The letters and digits of a text as such a name, with dashes in place of all else; empty where there are none.
     *
     * @param longest how many characters are left of it
     */
    public static String of(String text, int longest) {
        String dashed = OTHERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
        String label = DASHES_AROUND.matcher(dashed).replaceAll("");
        return label.length() > longest
                ? DASHES_AROUND.matcher(label.substring(0, longest)).replaceAll("")
                : label;
    }

    /**
     * What keeps the text from being such a name, as a sentence that quotes it; empty if nothing does.
     *
     * @param purpose what it should name, such as {@code "the name of a Service"}
     */
    public static Optional<String> mistakeIn(String text, String purpose) {
        return text.length() <= LONGEST && LABEL.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(Quoted.of(text) + " is not " + purpose + ": expected 1 to " + LONGEST
                        + " lower-case letters, digits and \"-\", the first and last a letter or digit");
    }
}
