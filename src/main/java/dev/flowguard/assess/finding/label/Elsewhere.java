package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Other namespaces in which a selector matches, when it matches nothing where it should.
 *
 * @param namespaces ascending by name, and only the first few
 */
public record Elsewhere(List<NamespaceShard> namespaces) {
    /** More than most clusters have, so that a selector that is wrong is not slow as well. */
    private static final int MOST_LOOKED_AT = 2_000;

    private static final int MOST_KEPT = 4;

    public static Elsewhere of(LabelSelector selector, Collection<NamespaceShard> scope, Snapshot cluster) {
        if (!saysWhatItWants(selector)) {
            return new Elsewhere(List.of());
        }
        Set<NamespaceShard> here = Set.copyOf(scope);
        return new Elsewhere(cluster.namespaces().stream()
                .limit(MOST_LOOKED_AT)
                .filter(shard ->
                        !here.contains(shard) && !shard.select(selector).isEmpty())
                .limit(MOST_KEPT)
                .toList());
    }

    public boolean isEmpty() {
        return namespaces.isEmpty();
    }

    boolean isOne() {
        return namespaces.size() == 1;
    }

    /** What only says what it does not want matches almost everywhere. */
    private static boolean saysWhatItWants(LabelSelector selector) {
        return selector.requirements().stream()
                .anyMatch(requirement -> requirement.operator() == Requirement.Operator.IN
                        || requirement.operator() == Requirement.Operator.EXISTS);
    }

    /** {@code data}, {@code data and shop}, {@code a, b, c and more}. */
    @Override
    public String toString() {
        List<String> names = namespaces.stream().map(NamespaceShard::name).toList();
        return names.size() < MOST_KEPT ? Wording.all(names) : Wording.all(List.of(names.get(0), names.get(1), "more"));
    }
}
