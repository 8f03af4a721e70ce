package dev.flowguard.cluster;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.Plugin;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.SideInput;
import dev.flowguard.policy.chain.Surroundings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks each policy object of another kind than NetworkPolicy what it comes down to in this cluster. An object that was asked before
 * is not asked again while nothing has changed on which the answer may depend. Immutable.
 */
final class PolicyMappings {
    private static final String NOT_KNOWN = "Flowguard does not know this kind";

    private final Around around;
    private final Map<PolicySource, Mapping> mappings = new IdentityHashMap<>();
    private final RuledPolicies ruled;

    /**
     * @param namespaceLabels stands for the labels of all namespaces: another one where they have changed
     * @param previous whose answers may still be true
     */
    PolicyMappings(
            CniProfile cni,
            boolean considerOtherPolicies,
            ClusterScope clusterScope,
            List<NamespaceShard> shards,
            LabelIndex namespaceLabels,
            @Nullable PolicyMappings previous) {
        List<SideInput> inputs = new ArrayList<>(clusterScope.inputs());
        shards.forEach(shard -> inputs.addAll(shard.inputs()));
        Around now = new Around(cni, inputs, namespaceLabels, shards);
        boolean same = previous != null && previous.around.isLike(now);
        this.around = previous != null && same ? previous.around : now;
        List<RuledPolicy> policies = new ArrayList<>();
        List<RuledPolicies.SetAside> unclear = new ArrayList<>();
        List<RuledPolicies.SetAside> ignored = new ArrayList<>();
        List<RuledPolicies.SetAside> remarks = new ArrayList<>();
        List<ObjectRef> unknown = new ArrayList<>(clusterScope.otherPolicies());
        List<PolicySource> sources = new ArrayList<>(clusterScope.ruled());
        for (NamespaceShard shard : shards) {
            unknown.addAll(shard.otherPolicies());
            sources.addAll(shard.ruled());
        }
        unknown.forEach(object -> unclear.add(new RuledPolicies.SetAside(object, NOT_KNOWN)));
        for (PolicySource source : sources) {
            @Nullable Mapping known = previous != null && same ? previous.mappings.get(source) : null;
            Mapping mapping = known == null ? source.mapping(around) : known;
            mappings.put(source, mapping);
            ObjectRef object = ObjectRef.of(source.ref());
            Runnable taking = mapping.match(
                    rules -> () -> {
                        policies.addAll(rules.policies());
                        rules.remarks().forEach(remark -> remarks.add(new RuledPolicies.SetAside(object, remark)));
                    },
                    nothing -> () -> ignored.add(new RuledPolicies.SetAside(object, nothing.why())),
                    anything -> () -> unclear.add(new RuledPolicies.SetAside(object, anything.why())));
            taking.run();
        }
        policies.sort(Comparator.comparing(RuledPolicy::place).thenComparing(RuledPolicy::ref));
        this.ruled = new RuledPolicies(policies, considerOtherPolicies ? unclear : List.of(), ignored, remarks);
    }

    RuledPolicies ruled() {
        return ruled;
    }

    /** On what the answers depend. */
    Surroundings surroundings() {
        return around;
    }

    /** Whether both would map a policy of any namespace alike. */
    boolean hasSameSurroundings(PolicyMappings other) {
        return around.isLike(other.around);
    }

    private static final class Around implements Surroundings {
        private final CniProfile cni;
        private final Plugin plugin;
        private final List<SideInput> inputs;
        private final LabelIndex namespaceLabels;
        private final List<NamespaceShard> shards;

        Around(CniProfile cni, List<SideInput> inputs, LabelIndex namespaceLabels, List<NamespaceShard> shards) {
            this.cni = cni;
            this.plugin = ConfiguredPlugin.of(cni, inputs);
            this.inputs = inputs;
            this.namespaceLabels = namespaceLabels;
            this.shards = shards;
        }

        @SuppressWarnings(
                "ReferenceEquality") // The index stands for the labels: it is made anew only where they have changed.
        boolean isLike(Around other) {
            return cni == other.cni && namespaceLabels == other.namespaceLabels && inputs.equals(other.inputs);
        }

        @Override
        public Plugin plugin() {
            return plugin;
        }

        @Override
        public <T extends SideInput> List<T> inputs(Class<T> type) {
            return inputs.stream().filter(type::isInstance).map(type::cast).toList();
        }

        @Override
        public SortedMap<String, Labels> namespaces() {
            SortedMap<String, Labels> labels = new TreeMap<>();
            shards.forEach(shard -> labels.put(shard.name(), shard.entry().labels()));
            return Collections.unmodifiableSortedMap(labels);
        }
    }
}
