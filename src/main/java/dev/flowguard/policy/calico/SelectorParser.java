package dev.flowguard.policy.calico;

import dev.flowguard.policy.SyntaxException;
import dev.flowguard.policy.calico.SelectorTokens.Kind;
import dev.flowguard.policy.calico.SelectorTokens.Token;
import dev.flowguard.policy.chain.LabelTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calico's selectors ({@code libcalico-go/lib/selector}):
 *
 * <pre>
 * selector = [or]
 * or       = and {"||" and}
 * and      = {"!"} term {"&amp;&amp;" {"!"} term}
 * term     = "all()" | "global()" | "has(" key ")" | key test | "(" or ")"
 * test     = ("==" | "!=" | "contains" | "starts with" | "ends with") text | ("in" | "not in") "{" [text {"," text} [","]] "}"
 * </pre>
 */
final class SelectorParser {
    /** Deeper than any that people write, and than the 1 024 characters that the schema allows can hold in earnest. */
    private static final int DEEPEST = 512;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private SelectorParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws SyntaxException if the text is no selector */
    static SelectorTerm parse(String text) {
        SelectorParser parser = new SelectorParser(SelectorTokens.of(text));
        if (parser.current().kind() == Kind.END) {
            return new SelectorTerm.All();
        }
        SelectorTerm root = parser.or();
        if (parser.current().kind() != Kind.END) {
            throw parser.found("\"&&\", \"||\" or the end of the selector");
        }
        return root;
    }

    private SelectorTerm or() {
        List<SelectorTerm> terms = new ArrayList<>();
        do {
            terms.add(and());
        } while (take(Kind.OR));
        return terms.size() == 1 ? terms.get(0) : new SelectorTerm.Or(terms);
    }

    private SelectorTerm and() {
        List<SelectorTerm> terms = new ArrayList<>();
        do {
            terms.add(negated());
        } while (take(Kind.AND));
        return terms.size() == 1 ? terms.get(0) : new SelectorTerm.And(terms);
    }

    private SelectorTerm negated() {
        boolean negated = false;
        while (take(Kind.NOT)) {
            negated = !negated;
        }
        SelectorTerm term = term();
        return negated ? new SelectorTerm.Not(term) : term;
    }

    private SelectorTerm term() {
        Token first = current();
        switch (first.kind()) {
            case ALL -> {
                at++;
                return new SelectorTerm.All();
            }
            case GLOBAL -> {
                at++;
                return new SelectorTerm.Global();
            }
            case HAS -> {
                at++;
                return new SelectorTerm.Has(first.value());
            }
            case KEY -> {
                at++;
                return test(first.value());
            }
            case OPEN -> {
                at++;
                return inParentheses(first);
            }
            default -> throw found("a label key, has(…), all(), \"!\" or \"(\"");
        }
    }

    private SelectorTerm inParentheses(Token open) {
        depth++;
        if (depth > DEEPEST) {
            throw new SyntaxException(open.offset(), "more than " + DEEPEST + " parentheses lie inside each other");
        }
        SelectorTerm inner = or();
        expect(Kind.CLOSE, "\"&&\", \"||\" or \")\"");
        depth--;
        return inner;
    }

    private SelectorTerm test(String key) {
        Token operator = current();
        at++;
        return switch (operator.kind()) {
            case EQUAL -> new SelectorTerm.In(key, Set.of(text()));
            case NOT_EQUAL -> new SelectorTerm.Not(new SelectorTerm.In(key, Set.of(text())));
            case CONTAINS -> new SelectorTerm.Affix(key, LabelTest.CONTAINS, text());
            case STARTS_WITH -> new SelectorTerm.Affix(key, LabelTest.STARTS_WITH, text());
            case ENDS_WITH -> new SelectorTerm.Affix(key, LabelTest.ENDS_WITH, text());
            case IN -> new SelectorTerm.In(key, texts());
            case NOT_IN -> new SelectorTerm.Not(new SelectorTerm.In(key, texts()));
            default -> {
                at--;
                throw found("an operator (==, !=, in, not in, contains, starts with, ends with) after a label key");
            }
        };
    }

    private String text() {
        Token value = current();
        if (value.kind() != Kind.TEXT) {
            throw found("a value in quotes");
        }
        at++;
        return value.value();
    }

    private Set<String> texts() {
        expect(Kind.OPEN_BRACE, "\"{\" and a list of values in quotes");
        Set<String> values = new TreeSet<>();
        while (current().kind() == Kind.TEXT) {
            values.add(text());
            if (!take(Kind.COMMA)) {
                break;
            }
        }
        expect(Kind.CLOSE_BRACE, "a value in quotes, \",\" or \"}\"");
        return values;
    }

    private void expect(Kind kind, String expected) {
        if (!take(kind)) {
            throw found(expected);
        }
    }

    private boolean take(Kind kind) {
        boolean taken = current().kind() == kind;
        if (taken) {
            at++;
        }
        return taken;
    }

    private Token current() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private SyntaxException found(String expected) {
        return new SyntaxException(current().offset(), "found " + current().words() + ", expected " + expected);
    }
}
