package dev.flowguard.contract;

import dev.flowguard.net.Quoted;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Spelling;
import dev.flowguard.policy.SyntaxException;
import java.util.List;
import java.util.stream.Stream;

/**
 * One flow in the text of an annotation, read word by word. Parentheses and commas are words of their own. Offsets, also those
 * of the mistakes, are offsets in the whole text.
 */
final class FlowText {
    static final String PORT = "port";

    private final String text;
    private final int start;
    private final int end;
    private final Place place;
    private int at;

    /** A line and a column, counted from 1; columns are characters, not UTF-16 units. */
    record Place(int line, int column) {}

    /** The text from start to end, which begins and ends with something else than a blank. */
    FlowText(String text, int start, int end, Place place) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.place = place;
        this.at = start;
    }

    /** All of it, with white space folded. */
    String folded() {
        return text.substring(start, end).replaceAll("[ \t]+", " ");
    }

    Place placeOf(int offset) {
        return new Place(place.line(), place.column() + text.codePointCount(start, offset));
    }

    /** Where the next word begins; where the flow ends, if there is none. */
    int offset() {
        return at;
    }

    boolean atEnd() {
        return at == end;
    }

    /** The next word, empty at the end. */
    String next() {
        int stop = at;
        while (stop < end && !isBlank(text.charAt(stop)) && !isSymbol(text.charAt(stop))) {
            stop++;
        }
        return text.substring(at, stop == at && stop < end ? stop + 1 : stop);
    }

    String take() {
        String word = next();
        at += word.length();
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return word;
    }

    boolean take(String word) {
        boolean taken = next().equals(word);
        if (taken) {
            take();
        }
        return taken;
    }

    /**
     * A selector that ends before the word {@code port} or with the flow. What is in parentheses cannot end it, and neither can
     * a label key of that name where a comma, {@code in (} or {@code notin (} follows.
     */
    LabelSelector selectorBeforePort() {
        FlowText words = ahead();
        int from = at;
        int stop = at;
        for (int depth = 0; !atEnd() && (depth > 0 || !isPort()); ) {
            stop = at + next().length();
            depth += depthOf(take());
        }
        try {
            return selector(from, stop);
        } catch (SyntaxException mistake) {
            String hint = words.words()
                    .filter(word -> !word.equals(PORT))
                    .map(word -> Spelling.hint(word, List.of(PORT)))
                    .filter(some -> !some.isEmpty())
                    .findFirst()
                    .orElse("");
            throw new SyntaxException(mistake.offset(), mistake.explanation() + hint);
        }
    }

    /** A selector in parentheses, the first of which comes next. */
    LabelSelector selectorInParentheses() {
        int open = at;
        int depth = depthOf(take());
        int from = at;
        int close = at;
        while (depth > 0 && !atEnd()) {
            close = at;
            depth += depthOf(take());
        }
        if (depth > 0) {
            throw new SyntaxException(open, "\"(\" is not closed: expected \")\" after the selector");
        }
        return selector(from, close);
    }

    /** The mistake that something else comes next than was expected. */
    SyntaxException found(String expected) {
        return new SyntaxException(
                at, "found " + (atEnd() ? "the end of the flow" : Quoted.of(next())) + ", expected " + expected);
    }

    /** The same, with a hint if what comes next is nearly one of the words that may. */
    SyntaxException found(String expected, List<String> words) {
        return found(expected + Spelling.hint(next(), words));
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private FlowText ahead() {
        return new FlowText(text, at, end, place);
    }

    private boolean isPort() {
        FlowText ahead = ahead();
        if (!ahead.take(PORT) || ahead.next().equals(",")) {
            return false;
        }
        return !(ahead.take("in") || ahead.take("notin")) || !ahead.next().equals("(");
    }

    private Stream<String> words() {
        return Stream.generate(this::take).takeWhile(word -> !word.isEmpty());
    }

    private LabelSelector selector(int from, int to) {
        try {
            return LabelSelector.parse(text.substring(from, to));
        } catch (SyntaxException mistake) {
            throw mistake.within(from);
        }
    }

    private static int depthOf(String word) {
        return word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
    }

    private static boolean isSymbol(char c) {
        return c == '(' || c == ')' || c == ',';
    }
}
