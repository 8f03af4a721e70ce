package dev.flowguard.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a label selector. A missing key satisfies {@code NotIn} and {@code DoesNotExist} and nothing else
 * (SEMANTICS P9, P10).
 *
 * @param values ascending, each once
 */
public record Requirement(String key, Operator operator, List<String> values) {
    /** The operators of Kubernetes' {@code LabelSelectorRequirement}, with its spelling. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String spelling;

        Operator(String spelling) {
            this.spelling = spelling;
        }

        public String spelling() {
            return spelling;
        }

        public boolean takesValues() {
            return this == IN || this == NOT_IN;
        }
    }

    public Requirement {
        if (operator.takesValues() == values.isEmpty()) {
            throw new IllegalArgumentException("The operator " + operator.spelling()
                    + (operator.takesValues() ? " needs at least one value" : " takes no values"));
        }
        // There are as many selectors as policies and Services, and most of them name the same few labels.
        key = key.intern();
        values = values.size() == 1
                ? List.of(values.get(0).intern())
                : values.stream().map(String::intern).sorted().distinct().toList();
    }

    public static Requirement in(String key, Collection<String> values) {
        return new Requirement(key, Operator.IN, List.copyOf(values));
    }

    public static Requirement notIn(String key, Collection<String> values) {
        return new Requirement(key, Operator.NOT_IN, List.copyOf(values));
    }

    public static Requirement exists(String key) {
        return new Requirement(key, Operator.EXISTS, List.of());
    }

    public static Requirement doesNotExist(String key) {
        return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
    }

    public boolean matches(Labels labels) {
        @Nullable String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }

    /** Whether everything that meets this condition meets the other one too. */
    boolean implies(Requirement wanted) {
        if (!key.equals(wanted.key)) {
            return false;
        }
        return switch (wanted.operator) {
            case IN -> operator == Operator.IN && wanted.values.containsAll(values);
            case NOT_IN -> excludes(wanted.values);
            case EXISTS -> operator == Operator.IN || operator == Operator.EXISTS;
            case DOES_NOT_EXIST -> operator == Operator.DOES_NOT_EXIST;
        };
    }

    private boolean excludes(Collection<String> unwanted) {
        return switch (operator) {
            case IN -> Collections.disjoint(values, unwanted);
            case NOT_IN -> values.containsAll(unwanted);
            case DOES_NOT_EXIST -> true;
            case EXISTS -> false;
        };
    }

    /** kubectl's syntax: {@code app=orders}, {@code tier in (a,b)}, {@code !legacy}. */
    @Override
    public String toString() {
        boolean one = values.size() == 1;
        String list = String.join(",", values);
        return switch (operator) {
            case IN -> one ? key + "=" + list : key + " in (" + list + ")";
            case NOT_IN -> one ? key + "!=" + list : key + " notin (" + list + ")";
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
        };
    }
}
