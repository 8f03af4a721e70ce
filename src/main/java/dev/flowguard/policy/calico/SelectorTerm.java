package dev.flowguard.policy.calico;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.LabelTest;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A term of a selector. It is true or false of any labels: only {@code !=}, {@code not in} and a negation are true of a label that is
 * not there.
 */
public sealed interface SelectorTerm {
    boolean matches(Labels labels);

    <T> T accept(Cases<T> cases);

    /** The same with every term that has no terms of its own replaced. */
    SelectorTerm with(UnaryOperator<SelectorTerm> leaves);

    /** A method for each sort of term. */
    interface Cases<T> {
        T all(All all);

        T global(Global global);

        T has(Has has);

        T in(In in);

        T affix(Affix affix);

        T not(Not not);

        T and(And and);

        T or(Or or);
    }

    /** {@code all()}. */
    record All() implements SelectorTerm {
        @Override
        public boolean matches(Labels labels) {
            return true;
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.all(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return leaves.apply(this);
        }

        @Override
        public String toString() {
            return "all()";
        }
    }

    /** {@code global()}: of labels alone it is always true; in the namespaceSelector of a rule it means what has no namespace. */
    record Global() implements SelectorTerm {
        @Override
        public boolean matches(Labels labels) {
            return true;
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.global(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return leaves.apply(this);
        }

        @Override
        public String toString() {
            return "global()";
        }
    }

    /** {@code has(key)}. */
    record Has(String key) implements SelectorTerm {
        @Override
        public boolean matches(Labels labels) {
            return labels.has(key);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.has(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return leaves.apply(this);
        }

        @Override
        public String toString() {
            return "has(" + key + ")";
        }
    }

    /** {@code key == 'value'} and {@code key in {…}}; without values it is true of nothing. */
    record In(String key, Set<String> values) implements SelectorTerm {
        public In {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(Labels labels) {
            @Nullable String value = labels.get(key);
            return value != null && values.contains(value);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.in(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return leaves.apply(this);
        }

        @Override
        public String toString() {
            return values.size() == 1
                    ? key + " == " + quoted(values.iterator().next())
                    : key + " in "
                            + values.stream()
                                    .sorted()
                                    .map(SelectorTerm::quoted)
                                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** {@code contains}, {@code starts with} and {@code ends with}. */
    record Affix(String key, LabelTest test, String operand) implements SelectorTerm {
        @Override
        public boolean matches(Labels labels) {
            @Nullable String value = labels.get(key);
            return value != null && test.passes(value, operand);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.affix(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return leaves.apply(this);
        }

        @Override
        public String toString() {
            String word = switch (test) {
                case CONTAINS -> "contains";
                case STARTS_WITH -> "starts with";
                case ENDS_WITH -> "ends with";
            };
            return key + " " + word + " " + quoted(operand);
        }
    }

    /** {@code !}, and what {@code !=} and {@code not in} stand for. */
    record Not(SelectorTerm term) implements SelectorTerm {
        @Override
        public boolean matches(Labels labels) {
            return !term.matches(labels);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.not(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return new Not(term.with(leaves));
        }

        @Override
        public String toString() {
            return "!(" + term + ")";
        }
    }

    /** {@code &&}. */
    record And(List<SelectorTerm> terms) implements SelectorTerm {
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean matches(Labels labels) {
            for (SelectorTerm term : terms) {
                if (!term.matches(labels)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.and(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return new And(terms.stream().map(term -> term.with(leaves)).toList());
        }

        @Override
        public String toString() {
            return terms.stream().map(Object::toString).collect(Collectors.joining(" && ", "(", ")"));
        }
    }

    /** {@code ||}. */
    record Or(List<SelectorTerm> terms) implements SelectorTerm {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean matches(Labels labels) {
            for (SelectorTerm term : terms) {
                if (term.matches(labels)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.or(this);
        }

        @Override
        public SelectorTerm with(UnaryOperator<SelectorTerm> leaves) {
            return new Or(terms.stream().map(term -> term.with(leaves)).toList());
        }

        @Override
        public String toString() {
            return terms.stream().map(Object::toString).collect(Collectors.joining(" || ", "(", ")"));
        }
    }

    private static String quoted(String value) {
        return value.indexOf('\'') < 0 ? "'" + value + "'" : "\"" + value + "\"";
    }
}
