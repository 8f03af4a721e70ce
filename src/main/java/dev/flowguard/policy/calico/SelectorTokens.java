package dev.flowguard.policy.calico;

import dev.flowguard.net.Quoted;
import dev.flowguard.policy.Spelling;
import dev.flowguard.policy.SyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a selector into words as Calico does: what a word is depends on the one before it, for behind a key only an operator may
 * stand. So {@code in} is a key in {@code in in {'a'}}, and {@code has (x)} is the key {@code has} with nothing behind it.
 */
final class SelectorTokens {
    private static final int LONGEST_KEY = 512;
    private static final List<String> OPERATORS =
            List.of("==", "!=", "in", "not in", "contains", "starts with", "ends with");
    private static final String LINE_BREAK =
            "a line break is no blank in a selector: write it on one line (in YAML with >-)";

    /** What a token is. */
    enum Kind {
        KEY("a label key"),
        TEXT("a value in quotes"),
        OPEN_BRACE("\"{\""),
        CLOSE_BRACE("\"}\""),
        COMMA("\",\""),
        EQUAL("\"==\""),
        NOT_EQUAL("\"!=\""),
        IN("\"in\""),
        NOT_IN("\"not in\""),
        CONTAINS("\"contains\""),
        STARTS_WITH("\"starts with\""),
        ENDS_WITH("\"ends with\""),
        NOT("\"!\""),
        ALL("\"all()\""),
        GLOBAL("\"global()\""),
        HAS("\"has(…)\""),
        OPEN("\"(\""),
        CLOSE("\")\""),
        AND("\"&&\""),
        OR("\"||\""),
        END("the end of the selector");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param value the key, of {@link Kind#HAS} too, or the text; empty for all others
     * @param offset where it begins
     */
    record Token(Kind kind, String value, int offset) {
        /** As it is quoted in messages. */
        String words() {
            return kind == Kind.KEY ? Quoted.of(value) : kind.words();
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SelectorTokens(String text) {
        this.text = text;
    }

    /** All of them; the last is {@link Kind#END}. */
    static List<Token> of(String text) {
        SelectorTokens words = new SelectorTokens(text);
        words.skipBlanks();
        while (words.at < text.length()) {
            words.next();
            words.skipBlanks();
        }
        words.add(Kind.END, "", words.at);
        return words.tokens;
    }

    private void next() {
        int start = at;
        switch (text.charAt(at)) {
            case '(' -> symbol(Kind.OPEN, 1);
            case ')' -> symbol(Kind.CLOSE, 1);
            case '{' -> symbol(Kind.OPEN_BRACE, 1);
            case '}' -> symbol(Kind.CLOSE_BRACE, 1);
            case ',' -> symbol(Kind.COMMA, 1);
            case '"', '\'' -> quoted(text.charAt(at));
            case '=' -> twice("==", Kind.EQUAL);
            case '&' -> twice("&&", Kind.AND);
            case '|' -> twice("||", Kind.OR);
            case '!' -> {
                if (text.startsWith("!=", at)) {
                    symbol(Kind.NOT_EQUAL, 2);
                } else {
                    symbol(Kind.NOT, 1);
                }
            }
            default -> {
                if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).kind() == Kind.KEY) {
                    operator(start);
                } else {
                    term(start);
                }
            }
        }
    }

    private void symbol(Kind kind, int length) {
        add(kind, "", at);
        at += length;
    }

    private void twice(String symbol, Kind kind) {
        if (!text.startsWith(symbol, at)) {
            throw new SyntaxException(
                    at, "found " + Quoted.of(text.substring(at, at + 1)) + ", expected \"" + symbol + "\"");
        }
        symbol(kind, 2);
    }

    private void quoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new SyntaxException(at, "the quote is never closed: expected a second " + quote);
        }
        add(Kind.TEXT, text.substring(at + 1, end), at);
        at = end + 1;
    }

    private void operator(int start) {
        if (!isOperator(Kind.CONTAINS, "contains")
                && !isOperator(Kind.STARTS_WITH, "starts", "with")
                && !isOperator(Kind.ENDS_WITH, "ends", "with")
                && !isOperator(Kind.NOT_IN, "not", "in")
                && !isOperator(Kind.IN, "in")) {
            String word = word(start);
            throw new SyntaxException(
                    start,
                    word.isEmpty()
                            ? mistakeAt(start, "an operator (" + String.join(", ", OPERATORS) + ")")
                            : "found " + Quoted.of(word) + ", expected one of " + String.join(", ", OPERATORS)
                                    + " after the key "
                                    + Quoted.of(tokens.get(tokens.size() - 1).value())
                                    + Spelling.hint(word, OPERATORS));
        }
    }

    /** Blanks may stand between the words, or nothing: {@code notin}. Behind the last one something must end the word. */
    private boolean isOperator(Kind kind, String... words) {
        int end = at;
        for (String word : words) {
            if (!text.startsWith(word, end)) {
                return false;
            }
            end += word.length();
            if (words.length > 1) {
                end = pastBlanks(end);
            }
        }
        if (end < text.length() && isOfKey(text.charAt(end))) {
            return false;
        }
        add(kind, "", at);
        at = end;
        return true;
    }

    private void term(int start) {
        if (text.startsWith("has(", at)) {
            at = pastBlanks(at + "has(".length());
            String key = key();
            at = pastBlanks(at);
            close("has(" + key);
            add(Kind.HAS, key, start);
        } else if (text.startsWith("all(", at)) {
            at = pastBlanks(at + "all(".length());
            close("all(");
            add(Kind.ALL, "", start);
        } else if (text.startsWith("global(", at)) {
            at = pastBlanks(at + "global(".length());
            close("global(");
            add(Kind.GLOBAL, "", start);
        } else {
            add(Kind.KEY, key(), start);
        }
    }

    private void close(String opened) {
        if (at >= text.length() || text.charAt(at) != ')') {
            throw new SyntaxException(at, mistakeAt(at, "\")\" after " + opened));
        }
        at++;
    }

    private String key() {
        String key = word(at);
        if (key.isEmpty()) {
            throw new SyntaxException(at, mistakeAt(at, "a label key"));
        }
        if (key.length() > LONGEST_KEY) {
            throw new SyntaxException(
                    at, "the key has " + key.length() + " characters: at most " + LONGEST_KEY + " are allowed");
        }
        at += key.length();
        return key;
    }

    private String mistakeAt(int offset, String expected) {
        if (offset >= text.length()) {
            return "found the end of the selector, expected " + expected;
        }
        char found = text.charAt(offset);
        return found == '\n' || found == '\r'
                ? LINE_BREAK
                : "found " + Quoted.of(String.valueOf(found)) + ", expected " + expected;
    }

    private String word(int start) {
        int end = start;
        while (end < text.length() && isOfKey(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private void skipBlanks() {
        at = pastBlanks(at);
    }

    private int pastBlanks(int from) {
        int end = from;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return end;
    }

    private void add(Kind kind, String value, int offset) {
        tokens.add(new Token(kind, value, offset));
    }

    private static boolean isOfKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_./-".indexOf(c) >= 0;
    }
}
