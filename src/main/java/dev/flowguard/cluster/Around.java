package dev.flowguard.cluster;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.cilium.CiliumConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the meaning of policies may depend on in one cluster. Immutable. */
final class Around implements Surroundings {
    private final CniProfile cni;
    private final Plugin plugin;
    private final List<SideInput> inputs;
    private final Map<Class<?>, List<SideInput>> byType = new HashMap<>();
    private final LabelIndex namespaceLabels;
    private final List<NamespaceShard> shards;

    /** Made when it is first asked for, for few policies look at it. */
    private volatile SortedMap<String, Labels> namespaces = Collections.emptySortedMap();

    /**
     * @param namespaceLabels stands for the labels of all namespaces: another one where they have changed
     * @param shards all of them
     */
    Around(CniProfile cni, List<SideInput> inputs, LabelIndex namespaceLabels, List<NamespaceShard> shards) {
        this.cni = cni;
        this.plugin = ConfiguredPlugin.of(cni, inputs);
        this.inputs = List.copyOf(inputs);
        this.namespaceLabels = namespaceLabels;
        this.shards = shards;
        for (SideInput input : inputs) {
            byType.computeIfAbsent(input.getClass(), type -> new ArrayList<>()).add(input);
        }
    }

    List<SideInput> inputs() {
        return inputs;
    }

    /** Whether every policy comes to the same in both. */
    boolean isLike(Around other) {
        return this == other || (hasSamePlugin(other) && hasSameNamespaces(other) && inputs.equals(other.inputs));
    }

    boolean hasSamePlugin(Around other) {
        return cni == other.cni && plugin.equals(other.plugin);
    }

    /** Whether in both the agents treat policies of any kind alike. */
    boolean hasSameAgents(Around other) {
        return this == other
                || (hasSamePlugin(other) && inputs(CiliumConfig.class).equals(other.inputs(CiliumConfig.class)));
    }

    @SuppressWarnings(
            "ReferenceEquality") // The index stands for the labels: it is made anew only where they have changed.
    boolean hasSameNamespaces(Around other) {
        return namespaceLabels == other.namespaceLabels;
    }

    @Override
    public Plugin plugin() {
        return plugin;
    }

    @Override
    public <T extends SideInput> List<T> inputs(Class<T> type) {
        return byType.getOrDefault(type, List.of()).stream().map(type::cast).toList();
    }

    @Override
    public SortedMap<String, Labels> namespaces() {
        if (namespaces.isEmpty()) {
            SortedMap<String, Labels> labels = new TreeMap<>();
            shards.forEach(shard -> labels.put(shard.name(), shard.entry().labels()));
            namespaces = Collections.unmodifiableSortedMap(labels);
        }
        return namespaces;
    }
}
