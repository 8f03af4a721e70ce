package dev.flowguard.cli.view;

import dev.flowguard.cli.input.AssumedNamespaces;
import dev.flowguard.cli.input.KnownCluster;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.Trial;
import java.util.List;
import java.util.Set;

/** A cluster as it was described when the page was opened, with what was applied in the page since. */
final class DescribedCluster implements ShownCluster {
    private final String origin;
    private final InMemoryCluster cluster;
    private ManifestPlaces places;

    DescribedCluster(KnownCluster known, ClusterSettings settings) {
        origin = known.origin();
        cluster = known.inMemory(settings);
        places = known.places();
    }

    @Override
    public String origin() {
        return origin;
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
    public synchronized ManifestPlaces places(Snapshot snapshot, Set<String> namespaces) {
        return places;
    }

    @Override
    public synchronized void apply(Trial trial) {
        trial.deleted().forEach(cluster::forget);
        trial.manifests().objects().forEach(object -> cluster.observe(object.observation()));
        places = places.with(ManifestPlaces.Origin.ofStandardInput(trial.manifests()));
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
        return AssumedNamespaces.notes(cluster.snapshot());
    }
}
