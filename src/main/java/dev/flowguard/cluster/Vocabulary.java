package dev.flowguard.cluster;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The different sets of labels that some things carry, found by the keys and the values in them. Immutable. */
public final class Vocabulary {
    private final Map<String, List<Labels>> withKey = new HashMap<>();
    private final Map<String, List<Labels>> withValue = new HashMap<>();

    public Vocabulary(Stream<Labels> carried) {
        carried.distinct()
                .forEach(labels -> labels.forEach((key, value) -> {
                    withKey.computeIfAbsent(key, each -> new ArrayList<>()).add(labels);
                    withValue.computeIfAbsent(value, each -> new ArrayList<>()).add(labels);
                }));
    }

    /** Those in which a label has the key, or a value, that a requirement of the selector names with values. */
    public Set<Labels> near(LabelSelector selector) {
        Set<Labels> near = new LinkedHashSet<>();
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Requirement.Operator.IN) {
                near.addAll(withKey.getOrDefault(requirement.key(), List.of()));
                requirement.values().forEach(value -> near.addAll(withValue.getOrDefault(value, List.of())));
            }
        }
        return near;
    }
}
