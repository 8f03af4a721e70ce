package dev.flowguard.kubernetes.field;

import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.Optional;

/** The words for a text that should be one of a few. */
public final class Choices {
    private Choices() {}

    /** What keeps the text from being one of the choices, as a sentence; empty if it is one. */
    public static Optional<String> mistakeIn(String text, List<String> choices) {
        if (choices.contains(text)) {
            return Optional.empty();
        }
        String list = String.join(", ", choices);
        return Optional.of(
                text.isEmpty()
                        ? "is missing: expected one of " + list
                        : Quoted.of(text) + " is not one of " + list + Spelling.hint(text, choices));
    }
}
