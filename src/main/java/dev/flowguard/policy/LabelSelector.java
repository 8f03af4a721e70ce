package dev.flowguard.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A label selector: all of its requirements must hold; without any it selects everything (SEMANTICS I17–I19, P11). */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /** The label by which the API server names every namespace (SEMANTICS P13). */
    public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public static LabelSelector ofLabels(Map<String, String> labels) {
        return new LabelSelector(new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> Requirement.in(label.getKey(), List.of(label.getValue())))
                        .toList());
    }

    /**
     * Reads kubectl's syntax, which is also that of {@link #toString}.
     *
     * @throws SyntaxException if the text is not a selector
     */
    public static LabelSelector parse(String text) {
        return SelectorSyntax.parse(text);
    }

    /** Selects the one namespace of that name. */
    public static LabelSelector namespaceNamed(String name) {
        return ofLabels(Map.of(NAMESPACE_NAME, name));
    }

    public boolean selectsEverything() {
        return requirements.isEmpty();
    }

    /** As a selector of namespaces, in words: {@code namespace data}, {@code namespaces with team=payments}. */
    public String namespaces() {
        return requirements.stream()
                .filter(requirement -> requirements.size() == 1)
                .filter(only -> only.key().equals(NAMESPACE_NAME))
                .filter(only -> only.operator() == Requirement.Operator.IN)
                .map(only -> "namespace " + String.join(" or ", only.values()))
                .findFirst()
                .orElseGet(() -> "namespaces with " + this);
    }

    /** Whether one of its requirements alone leaves only objects whose label of that key has that value. */
    public boolean requires(String key, String value) {
        return requirements.contains(Requirement.in(key, List.of(value)));
    }

    /** Whether it has requirements, and all of them let pass what has no labels at all. */
    public boolean onlyExcludes() {
        return !requirements.isEmpty()
                && requirements.stream().allMatch(requirement -> switch (requirement.operator()) {
                    case NOT_IN, DOES_NOT_EXIST -> true;
                    case IN, EXISTS -> false;
                });
    }

    /** Whether, by what is written alone, everything that this matches is matched by the other one too. */
    public boolean implies(LabelSelector wide) {
        for (Requirement wanted : wide.requirements) {
            if (requirements.stream().noneMatch(given -> given.implies(wanted))) {
                return false;
            }
        }
        return true;
    }

    public boolean matches(Labels labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The keys it looks at. */
    public Set<String> keys() {
        return requirements.stream().map(Requirement::key).collect(Collectors.toUnmodifiableSet());
    }

    /** kubectl's syntax, empty for a selector of everything. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
