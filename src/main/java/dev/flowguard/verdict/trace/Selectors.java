package dev.flowguard.verdict.trace;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a selector that does not match only just does not. */
final class Selectors {
    /**
     * The one requirement that is not met.
     *
     * @param written in kubectl's syntax
     * @param found the label that is there instead, or {@code no app}
     */
    record Slip(String written, String found) {}

    private Selectors() {}

    /**
     * Empty where the selector matches or misses by more than a slip: one requirement out of several, or the only one if a
     * word in it is nearly right.
     */
    static Optional<Slip> slip(LabelSelector selector, Labels labels) {
        List<Requirement> missed = selector.requirements().stream()
                .filter(requirement -> !requirement.matches(labels))
                .toList();
        if (missed.size() != 1) {
            return Optional.empty();
        }
        Requirement requirement = missed.get(0);
        Stream<String> nearLabels = nearLabel(requirement, labels).stream();
        Stream<String> whatIsThere =
                selector.requirements().size() > 1 ? Stream.of(there(requirement, labels)) : Stream.empty();
        return Stream.concat(nearLabels, whatIsThere).findFirst().map(found -> new Slip(requirement.toString(), found));
    }

    private static String there(Requirement requirement, Labels labels) {
        @Nullable String value = labels.get(requirement.key());
        return value == null ? "no " + requirement.key() : requirement.key() + "=" + value;
    }

    /** A label whose key or value is a misspelling of the one asked for. */
    private static Optional<String> nearLabel(Requirement requirement, Labels labels) {
        if (requirement.operator() != Requirement.Operator.IN) {
            return Optional.empty();
        }
        @Nullable String value = labels.get(requirement.key());
        if (value != null) {
            return requirement.values().stream()
                            .anyMatch(asked ->
                                    Spelling.nearest(asked, List.of(value)).isPresent())
                    ? Optional.of(requirement.key() + "=" + value)
                    : Optional.empty();
        }
        return labels.asMap().entrySet().stream()
                .filter(label -> requirement.values().contains(label.getValue()))
                .map(label -> label.getKey() + "=" + label.getValue())
                .findFirst();
    }
}
