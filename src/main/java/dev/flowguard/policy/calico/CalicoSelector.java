package dev.flowguard.policy.calico;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.SyntaxException;

/**
 * A selector in Calico's language (OTHER-POLICIES K28), parsed once.
 *
 * @param text as its author wrote it; empty where the field is absent, which is the same
 */
public record CalicoSelector(String text, SelectorTerm root) {
    /** What an absent field is read as. It matches everything; where that is not what absence means, ask {@link #isAbsent}. */
    public static final CalicoSelector ABSENT = new CalicoSelector("", new SelectorTerm.All());

    /** @throws SyntaxException if the text is no selector */
    public static CalicoSelector parse(String text) {
        return text.isEmpty() ? ABSENT : new CalicoSelector(text, SelectorParser.parse(text));
    }

    public boolean isAbsent() {
        return text.isEmpty();
    }

    /** Whether something with exactly these labels is selected; inherited labels are those of the caller to add. */
    public boolean matches(Labels labels) {
        return root.matches(labels);
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "all()" : text;
    }
}
