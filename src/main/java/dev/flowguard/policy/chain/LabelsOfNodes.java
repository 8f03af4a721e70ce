package dev.flowguard.policy.chain;

import dev.flowguard.policy.Labels;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What labels nodes bear, all together.
 *
 * @param known whether any node is known; else any may bear any label
 * @param values of each key
 */
public record LabelsOfNodes(boolean known, Map<String, Set<String>> values) {
    public static final LabelsOfNodes UNKNOWN = new LabelsOfNodes(false, Map.of());

    public static LabelsOfNodes of(Collection<Labels> nodes) {
        Map<String, Set<String>> values = new TreeMap<>();
        nodes.forEach(labels -> labels.asMap()
                .forEach((key, value) ->
                        values.computeIfAbsent(key, each -> new TreeSet<>()).add(value)));
        return new LabelsOfNodes(!nodes.isEmpty(), values);
    }

    /** Whether some node may bear that label with a value that passes. */
    public boolean mayHave(String key, Predicate<String> value) {
        return !known || values.getOrDefault(key, Set.of()).stream().anyMatch(value);
    }
}
