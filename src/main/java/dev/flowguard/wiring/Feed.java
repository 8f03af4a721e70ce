package dev.flowguard.wiring;

import dev.flowguard.admission.ClusterState;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.config.BadInput;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.Manifests;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Where the cluster's state comes from: the folder of manifests that is configured. */
@ApplicationScoped
class Feed {
    private static final Logger LOG = Logger.getLogger(Feed.class);

    @Produces
    @Singleton
    @Startup
    ClusterState manifests(FlowguardConfig config, ClusterSettings settings) {
        Path folder = config.manifests()
                .orElseThrow(() -> new BadInput("Flowguard needs to know the cluster: name a folder of manifests with"
                        + " serve --manifests DIR, such as deploy/demo"));
        LoadedManifests loaded = Manifests.read(folder, config.manifestsRecursive());
        if (!loaded.problems().isEmpty()) {
            throw BadInput.list(
                    folder + " cannot be used:",
                    loaded.problems().stream().map(ManifestProblem::toString).toList());
        }
        loaded.notes().forEach(note -> LOG.warn(note.toString()));
        InMemoryCluster cluster = new InMemoryCluster(settings, loaded.observations());
        cluster.snapshot()
                .contracts()
                .forEach(contract -> contract.problems()
                        .forEach(
                                problem -> LOG.warnf("%s: %s", contract.source().object(), problem)));
        return cluster;
    }
}
