package dev.flowguard.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cli.input.AssumedNamespaces;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.PolicyJson;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cluster in memory by which the webhook judges: what it admits is seen on the page, and what is applied there it judges by. */
final class ServedCluster implements ShownCluster {
    private final InMemoryCluster cluster;
    private final Path folder;

    /** Of the policies as they were read: manifests of those that have changed since are not true any more. */
    private final Map<PolicyRef, Policy> read = new HashMap<>();

    private ManifestPlaces written;

    ServedCluster(InMemoryCluster cluster, Path folder, boolean recursive) {
        this.cluster = cluster;
        this.folder = folder;
        written = new ManifestPlaces(List.of(ManifestPlaces.Origin.of(folder, Manifests.read(folder, recursive))));
        remember(cluster.snapshot());
    }

    private void remember(Snapshot now) {
        read.clear();
        now.namespaces().stream()
                .flatMap(shard -> shard.policies().stream())
                .forEach(policy -> read.put(policy.policy().ref(), policy.policy()));
    }

    @Override
    public String origin() {
        return folder.toString();
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public Snapshot snapshot() {
        return cluster.snapshot();
    }

    @Override
    public synchronized ManifestPlaces places(Snapshot now, Set<String> namespaces) {
        Map<PolicyRef, ObjectNode> changed = new HashMap<>();
        for (String namespace : namespaces) {
            for (CompiledPolicy policy : now.policiesIn(namespace)) {
                @Nullable Policy then = read.get(policy.policy().ref());
                if (!policy.policy().equals(then)) {
                    changed.put(policy.policy().ref(), PolicyJson.of(policy.policy()));
                }
            }
        }
        return written.replacing(changed);
    }

    @Override
    public synchronized void apply(Trial trial) {
        trial.deleted().forEach(cluster::forget);
        trial.manifests().objects().forEach(object -> {
            cluster.observe(object.observation());
            object.observation().policies().forEach(policy -> read.put(policy.ref(), policy));
        });
        written = written.with(ManifestPlaces.Origin.ofStandardInput(trial.manifests()));
    }

    @Override
    public boolean decides() {
        return false;
    }

    @Override
    public List<PastDecision> decisions() {
        return List.of();
    }

    @Override
    public List<String> notes() {
        return AssumedNamespaces.notes(snapshot());
    }
}
