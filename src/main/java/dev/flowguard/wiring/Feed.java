package dev.flowguard.wiring;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.audit.metrics.FeedView;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.config.BadInput;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestProblem;
import dev.flowguard.feed.Manifests;
import dev.flowguard.feed.PassedOver;
import dev.flowguard.feed.live.LiveCluster;
import dev.flowguard.feed.live.api.ApiServerAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Where the cluster's state comes from: the folder of manifests that is configured, or else the live cluster. */
@ApplicationScoped
class Feed {
    private static final Logger LOG = Logger.getLogger(Feed.class);

    /** Of the time that an answer may take, the part for asking the API server: the verdict before it needs far less than the rest. */
    private static final int PART_OF_DEADLINE = 2;

    @Produces
    @Singleton
    @Startup
    ClusterState state(FlowguardConfig config, ClusterSettings settings, Instance<KubernetesClient> client) {
        return config.manifests()
                .<ClusterState>map(folder -> manifests(folder, config.manifestsRecursive(), settings))
                .orElseGet(() -> live(config, settings, client.get()));
    }

    private static ClusterState live(FlowguardConfig config, ClusterSettings settings, KubernetesClient client) {
        if (!ApiServerAddress.isKnown(client.getConfiguration())) {
            throw new BadInput("Flowguard needs to know the cluster: name a folder of manifests with"
                    + " serve --manifests DIR, such as deploy/demo; or let it find a live one by a kubeconfig"
                    + " (KUBECONFIG, ~/.kube/config) or from inside");
        }
        LOG.infof("Following the cluster at %s", client.getMasterUrl());
        return LiveCluster.follow(
                client,
                settings,
                config.maxStaleness(),
                config.deadline().dividedBy(PART_OF_DEADLINE),
                config.apiServers()::areSeveral);
    }

    @Produces
    @Singleton
    ContractObjects contracts(ClusterState state) {
        return state instanceof LiveCluster live ? live.contracts() : ContractObjects.NONE;
    }

    @Produces
    @Singleton
    FeedView view(ClusterState state) {
        return state instanceof LiveCluster live ? live : FeedView.NONE;
    }

    void stop(@Disposes ClusterState state) throws Exception {
        if (state instanceof AutoCloseable following) {
            following.close();
        }
    }

    private static ClusterState manifests(Path folder, boolean recursive, ClusterSettings settings) {
        LoadedManifests loaded = Manifests.read(folder, recursive);
        if (!loaded.problems().isEmpty()) {
            throw BadInput.list(
                    folder + " cannot be used:",
                    loaded.problems().stream().map(ManifestProblem::toString).toList());
        }
        loaded.notes().forEach(note -> LOG.warn(note.toString()));
        if (!loaded.passedOver().isEmpty()) {
            LOG.infof("%s: passed over %s", folder, PassedOver.counted(loaded.passedOver()));
        }
        InMemoryCluster cluster = new InMemoryCluster(settings, loaded.observations());
        cluster.snapshot()
                .contracts()
                .forEach(contract -> contract.problems()
                        .forEach(
                                problem -> LOG.warnf("%s: %s", contract.source().object(), problem)));
        return cluster;
    }
}
