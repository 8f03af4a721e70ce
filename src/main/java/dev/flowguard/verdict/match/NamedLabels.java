package dev.flowguard.verdict.match;

import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labels that some selectors name: two objects that these see alike are told apart by none of them. */
final class NamedLabels {
    /** Stands for all values that no selector names; no label can have it. */
    private static final String OTHER = "(other)";

    private final Map<String, Set<String>> values = new HashMap<>();
    private final Set<String> whole = new HashSet<>();

    /** @return whether it names anything */
    boolean add(LabelSelector selector) {
        for (Requirement requirement : selector.requirements()) {
            values.computeIfAbsent(requirement.key(), key -> new HashSet<>()).addAll(requirement.values());
        }
        return !selector.selectsEverything();
    }

    /** Something looks at the whole value of that key. */
    void addWhole(String key) {
        whole.add(key);
    }

    /** What the selectors see of these labels. */
    Labels in(Labels labels) {
        Map<String, String> seen = new TreeMap<>();
        labels.forEach((key, value) -> {
            @Nullable Set<String> named = values.get(key);
            if (whole.contains(key)) {
                seen.put(key, value);
            } else if (named != null) {
                seen.put(key, named.contains(value) ? value : OTHER);
            }
        });
        return Labels.of(seen);
    }
}
