package dev.flowguard.cli.view;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.Trial;
import java.util.List;
import java.util.Set;

/** A cluster beside which a webhook has decided something. */
record DecidingCluster(ShownCluster cluster, List<PastDecision> decisions) implements ShownCluster {
    @Override
    public String origin() {
        return cluster.origin();
    }

    @Override
    public boolean isLive() {
        return cluster.isLive();
    }

    @Override
    public Snapshot snapshot() {
        return cluster.snapshot();
    }

    @Override
    public ManifestPlaces places(Snapshot now, Set<String> namespaces) {
        return cluster.places(now, namespaces);
    }

    @Override
    public void apply(Trial trial) {
        cluster.apply(trial);
    }

    @Override
    public boolean decides() {
        return true;
    }

    @Override
    public List<String> notes() {
        return cluster.notes();
    }
}
