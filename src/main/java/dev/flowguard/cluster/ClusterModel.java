package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Observations;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one writer: takes in observations and publishes snapshots. What is published depends only on the last observation of each
 * object, never on their order. Readers call {@link #snapshot()} at any time and never wait.
 */
public final class ClusterModel {
    private static final String NAMESPACE_KIND = "Namespace";
    private static final String CLUSTER_SCOPE = "";

    private final ClusterSettings settings;
    private final Map<String, Observations> byNamespace = new HashMap<>();
    private final Map<ObjectRef, Set<String>> perPodKeysNamed = new HashMap<>();

    /** Namespaces that have changed since they were last part of a snapshot. */
    private final Set<String> unpublished = new HashSet<>();

    private Shards shards = Shards.NONE;
    private Set<String> significantKeys = Set.of();
    private ClusterScope clusterScope = ClusterScope.EMPTY;
    private volatile Snapshot published;

    public ClusterModel(ClusterSettings settings) {
        this.settings = settings;
        this.published = new Snapshot(0, settings, significantKeys, shards, clusterScope, null);
    }

    public Snapshot snapshot() {
        return published;
    }

    /** Applies a batch of observations. Those that tell nothing new publish nothing. */
    public synchronized Snapshot apply(Collection<Observation> batch) {
        for (Observation observation : batch) {
            if (take(observation)) {
                unpublished.add(scopeOf(observation.object()));
            }
        }
        if (!unpublished.isEmpty()) {
            publish();
        }
        return published;
    }

    /** Whether the observation tells something new. */
    private boolean take(Observation observation) {
        ObjectRef object = observation.object();
        boolean isNews = byNamespace
                .computeIfAbsent(scopeOf(object), scope -> new Observations())
                .put(observation);
        Set<String> keys = NamedLabelKeys.perPod(observation.facts());
        if (keys.isEmpty()) {
            perPodKeysNamed.remove(object);
        } else {
            perPodKeysNamed.put(object, keys);
        }
        return isNews;
    }

    private void publish() {
        Set<String> significant = new HashSet<>();
        perPodKeysNamed.values().forEach(significant::addAll);
        if (!significant.equals(significantKeys)) {
            significantKeys = significant;
            unpublished.addAll(byNamespace.keySet());
        }
        List<NamespaceShard> renewed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (String namespace : unpublished) {
            List<Observation> observations =
                    byNamespace.getOrDefault(namespace, new Observations()).ordered();
            if (namespace.equals(CLUSTER_SCOPE)) {
                clusterScope = clusterScope.observing(observations);
            } else if (observations.isEmpty()) {
                gone.add(namespace);
                byNamespace.remove(namespace);
            } else {
                renewed.add(NamespaceShard.of(namespace, observations, significantKeys));
            }
        }
        shards = shards.with(renewed, gone);
        published =
                new Snapshot(published.generation() + 1, settings, significantKeys, shards, clusterScope, published);
        unpublished.clear();
    }

    /** The namespace whose shard the object belongs to; empty for the cluster's own scope. */
    static String scopeOf(ObjectRef object) {
        return object.kind().equals(NAMESPACE_KIND) ? object.name() : object.namespace();
    }
}
