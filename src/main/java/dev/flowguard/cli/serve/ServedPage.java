package dev.flowguard.cli.serve;

import dev.flowguard.admission.RecentReviews;
import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cli.view.CommandEngine;
import dev.flowguard.config.FlowguardConfig;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.view.PageApi;
import dev.flowguard.view.http.PageServer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page beside the webhook, where that judges manifests: on loopback, on a port of its own. Where it follows a live cluster there is
 * none; {@code flowguard view} shows that, with the rights of whoever looks.
 */
@Singleton
class ServedPage {
    private static final Requester ADMINISTRATOR = new Requester("kubernetes-admin", List.of("system:masters"));

    private final ClusterState state;
    private final DecisionSettings settings;
    private final FlowguardConfig config;
    private final RecentReviews reviews;
    private @Nullable PageServer server;

    ServedPage(ClusterState state, DecisionSettings settings, FlowguardConfig config, RecentReviews reviews) {
        this.reviews = reviews;
        this.state = state;
        this.settings = settings;
        this.config = config;
    }

    /** Serves it from now on. @return where it is; empty where there is none */
    Optional<String> start() {
        if (!(state instanceof InMemoryCluster cluster) || config.manifests().isEmpty()) {
            return Optional.empty();
        }
        PageApi api = new PageApi(
                new ServedCluster(cluster, config.manifests().get(), config.manifestsRecursive(), reviews),
                new CommandEngine(settings, ADMINISTRATOR, state::mayOverride),
                settings.findings());
        PageServer started = PageServer.start(0, api);
        server = started;
        return Optional.of(started.address());
    }

    @PreDestroy
    void stop() {
        if (server != null) {
            server.close();
        }
    }
}
