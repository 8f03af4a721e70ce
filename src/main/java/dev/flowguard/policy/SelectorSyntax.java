package dev.flowguard.policy;

import dev.flowguard.net.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Label selectors as kubectl's {@code --selector} takes them ({@code k8s.io/apimachinery/pkg/labels}):
 *
 * <pre>
 * selector    = [requirement {"," requirement}]
 * requirement = key | "!" key | key ("=" | "==" | "!=") [value] | key ("in" | "notin") "(" [value] {"," [value]} ")"
 * </pre>
 *
 * Blanks, tabs and line breaks may stand between any two of these, and must between a key and {@code in} or {@code notin}. A
 * value that is left out is the empty one. An empty selector selects everything. {@code <} and {@code >}, which kubectl also
 * knows, do not exist for selectors of pods and namespaces.
 */
final class SelectorSyntax {
    private static final List<String> SET_OPERATORS = List.of("in", "notin");
    private static final String OPERATORS = "=, ==, !=, in or notin";

    private final String text;
    private int at;
    private Token current;

    private SelectorSyntax(String text) {
        this.text = text;
        this.current = scan();
    }

    /** @throws SyntaxException if the text is not a selector */
    static LabelSelector parse(String text) {
        return new SelectorSyntax(text).selector();
    }

    private LabelSelector selector() {
        List<Requirement> requirements = new ArrayList<>();
        if (current.isEnd()) {
            return LabelSelector.EVERYTHING;
        }
        do {
            requirements.add(requirement());
        } while (take(","));
        if (!current.isEnd()) {
            throw found("\",\" or the end of the selector");
        }
        return new LabelSelector(requirements);
    }

    private Requirement requirement() {
        if (take("!")) {
            return Requirement.doesNotExist(key());
        }
        String key = key();
        if (current.isEnd() || current.is(",")) {
            return Requirement.exists(key);
        }
        switch (current.text()) {
            case "=", "==" -> {
                advance();
                return Requirement.in(key, List.of(onlyValue()));
            }
            case "!=" -> {
                advance();
                return Requirement.notIn(key, List.of(onlyValue()));
            }
            case "in" -> {
                advance();
                return Requirement.in(key, values());
            }
            case "notin" -> {
                advance();
                return Requirement.notIn(key, values());
            }
            default ->
                throw found(
                        OPERATORS + " after the key " + Quoted.of(key) + Spelling.hint(current.text(), SET_OPERATORS));
        }
    }

    private String key() {
        if (!current.isWord()) {
            throw found("a label key");
        }
        boolean colon = current.text().indexOf(':') >= 0;
        return checked(LabelSyntax.mistakeInKey(current.text())
                .map(mistake -> colon ? mistake + "; between key and value stands \"=\"" : mistake));
    }

    private String onlyValue() {
        return current.isEnd() || current.is(",") ? "" : value();
    }

    private SortedSet<String> values() {
        SortedSet<String> values = new TreeSet<>();
        if (!take("(")) {
            throw found("\"(\" and a list of values");
        }
        do {
            values.add(current.is(",") || current.is(")") ? "" : value());
        } while (take(","));
        if (!take(")")) {
            throw found("\",\" or \")\"");
        }
        return values;
    }

    private String value() {
        if (!current.isWord()) {
            throw found("a label value");
        }
        return checked(LabelSyntax.mistakeInValue(current.text()));
    }

    /** The current word, if nothing is wrong with it. */
    private String checked(Optional<String> mistake) {
        Token word = current;
        mistake.ifPresent(explanation -> {
            throw new SyntaxException(word.offset(), explanation);
        });
        advance();
        return word.text();
    }

    private boolean take(String symbol) {
        boolean taken = current.is(symbol);
        if (taken) {
            advance();
        }
        return taken;
    }

    private void advance() {
        current = scan();
    }

    private Token scan() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (text.startsWith("==", at) || text.startsWith("!=", at)) {
            at += 2;
        } else if (at < text.length() && isSymbol(text.charAt(at))) {
            at++;
        } else {
            while (at < text.length() && !isBlank(text.charAt(at)) && !isSymbol(text.charAt(at))) {
                at++;
            }
        }
        return new Token(text.substring(start, at), start);
    }

    private SyntaxException found(String expected) {
        return new SyntaxException(
                current.offset(),
                "found " + (current.isEnd() ? "the end of the selector" : Quoted.of(current.text())) + ", expected "
                        + expected);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isSymbol(char c) {
        return "=!(),<>".indexOf(c) >= 0;
    }

    private record Token(String text, int offset) {
        boolean is(String symbol) {
            return text.equals(symbol);
        }

        boolean isEnd() {
            return text.isEmpty();
        }

        boolean isWord() {
            return !isEnd() && !isSymbol(text.charAt(0));
        }
    }
}
