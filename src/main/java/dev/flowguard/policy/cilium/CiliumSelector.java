package dev.flowguard.policy.cilium;

import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A selector of endpoints as it is written: each of its terms must hold, and each says where the label must come from. */
public record CiliumSelector(List<Term> terms) {
    public static final CiliumSelector EVERYTHING = new CiliumSelector(List.of());

    /** Where a label comes from, which stands before its key: {@code k8s:app}. */
    public enum Source {
        /** None given, or {@code any}. */
        ANY("any"),
        /** What Kubernetes says of a pod, its namespace and its service account. */
        KUBERNETES("k8s"),
        /** What stands for an {@link Entity}. */
        RESERVED("reserved"),
        /** Another one, which no pod has (OTHER-POLICIES L9). */
        OTHER("");

        private final String spelling;

        Source(String spelling) {
            this.spelling = spelling;
        }

        public static Source spelled(String text) {
            for (Source source : values()) {
                if (source.spelling.equals(text)) {
                    return source;
                }
            }
            return text.isEmpty() ? ANY : OTHER;
        }
    }

    /**
     * One condition.
     *
     * @param requirement on the key without its source
     */
    public record Term(Source source, Requirement requirement) {
        /** Whether the label of that key, from Kubernetes or wherever, is asked for. */
        boolean isOf(String key) {
            return mayBeKubernetes() && requirement.key().equals(key);
        }

        boolean mayBeKubernetes() {
            return source == Source.ANY || source == Source.KUBERNETES;
        }

        /** Whether only what has the label passes. */
        boolean isPositive() {
            return switch (requirement.operator()) {
                case IN, EXISTS -> true;
                case NOT_IN, DOES_NOT_EXIST -> false;
            };
        }

        @Override
        public String toString() {
            String prefix = source == Source.ANY || source == Source.OTHER ? "" : source.spelling + ":";
            return requirement.operator() == Requirement.Operator.DOES_NOT_EXIST
                    ? "!" + prefix + requirement.key()
                    : prefix + requirement;
        }
    }

    public CiliumSelector {
        terms = List.copyOf(terms);
    }

    /** Whether it has terms, and all of them let pass what has no labels at all (OTHER-POLICIES L11). */
    public boolean isNegativeOnly() {
        return !terms.isEmpty() && terms.stream().noneMatch(Term::isPositive);
    }

    /** With one condition more. */
    CiliumSelector and(Requirement requirement) {
        List<Term> more = new ArrayList<>(terms);
        more.add(new Term(Source.ANY, requirement));
        return new CiliumSelector(more);
    }

    boolean names(String key) {
        return terms.stream().anyMatch(term -> term.isOf(key));
    }

    boolean namesUnder(String prefix) {
        return terms.stream()
                .anyMatch(term ->
                        term.mayBeKubernetes() && term.requirement().key().startsWith(prefix));
    }

    boolean namesReserved() {
        return terms.stream().anyMatch(term -> term.source() == Source.RESERVED);
    }

    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(","));
    }
}
