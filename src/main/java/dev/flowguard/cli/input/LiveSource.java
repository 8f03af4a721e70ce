package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.ClusterListing;
import dev.flowguard.feed.live.ListedCluster;
import dev.flowguard.feed.live.LiveCluster;
import dev.flowguard.feed.live.OverrideRight;
import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.ApiServerAddress;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.policy.Spelling;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.wording.Names;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live cluster, of which the kubeconfig or the pod around the program says where it is. It is only read. */
final class LiveSource {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LISTING = Duration.ofMinutes(1);
    private static final Duration STALEST = Duration.ofMinutes(5);

    private static final String NO_CLUSTER =
            "There is no cluster to look at: name a folder of manifests with --manifests DIR, such as deploy/demo, or -"
                    + " for standard input; or let a live one be found by a kubeconfig (KUBECONFIG, ~/.kube/config;"
                    + " --context NAME chooses from it) or from inside a pod";

    private final String context;
    private final List<Path> kubeconfig;

    /**
     * Names a cluster.
     *
     * @param context empty: the current one
     * @param kubeconfig none: where kubectl looks for it; of several the last counts
     */
    LiveSource(String context, List<Path> kubeconfig) {
        this.context = context;
        this.kubeconfig = List.copyOf(kubeconfig);
    }

    /** @param otherPolicies whether policies of kinds that are not evaluated are asked for */
    KnownCluster list(boolean otherPolicies, PrintWriter err) {
        Config config = config();
        ListingProgress progress = ListingProgress.to(err);
        try (KubernetesClient client = client(config)) {
            ListedCluster listed = ClusterListing.of(client, otherPolicies, progress);
            progress.done();
            listed.notes().forEach(note -> err.println("note: " + note));
            if (!listed.gaps().isEmpty()) {
                throw BadInput.list(name(config) + " cannot be looked at:", listed.gaps());
            }
            return new KnownCluster(
                    name(config), listed.observations(), ManifestPlaces.ofLive(listed.policies()), this::mayOverride);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("Interrupted while listing " + name(config), e);
        }
    }

    /** The objects of those kinds; what may not be listed is left out. */
    List<ObjectRef> objects(Set<String> kinds) {
        List<ObjectRef> objects = new ArrayList<>();
        try (KubernetesClient client = client(config())) {
            ApiServer api = new ApiServer(client, PATIENCE);
            for (Resource resource : Resources.ALWAYS) {
                if (kinds.contains(resource.kind())) {
                    list(api, resource, objects);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return objects;
    }

    private static void list(ApiServer api, Resource resource, List<ObjectRef> objects) throws InterruptedException {
        try {
            api.listAll(resource, item -> objects.add(resource.ref(item)), () -> {});
        } catch (ApiProblem problem) {
            // It is a help for typing: whoever sends the command is told.
            return;
        }
    }

    /** Those of the kubeconfig. */
    List<String> contexts() {
        return found().getContexts().stream()
                .map(NamedContext::getName)
                .sorted()
                .toList();
    }

    private static void knock(Config config, KubernetesClient client) {
        try {
            List<String> obstacles = ClusterListing.obstacles(client);
            if (!obstacles.isEmpty()) {
                client.close();
                throw BadInput.list(name(config) + " cannot be looked at:", obstacles);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            client.close();
            throw new BadInput("Interrupted while asking " + name(config), e);
        }
    }

    /** Follows the cluster; waits until all is known of it that is needed. */
    FollowedCluster follow(ClusterSettings settings, PrintWriter err) {
        Config config = config();
        KubernetesClient client = client(config);
        knock(config, client);
        LiveCluster live = LiveCluster.follow(client, settings, STALEST, PATIENCE);
        FollowedCluster followed = new FollowedCluster(name(config), live, client, this::mayOverride);
        err.println("note: looking at " + name(config) + ", which is followed from now on");
        followed.await(LISTING);
        return followed;
    }

    /** What the API server says about that, as it would say it to the webhook. */
    private Permission mayOverride(Requester requester, String namespace) {
        try (KubernetesClient client = client(config())) {
            return OverrideRight.asking(client, PATIENCE).of(requester, namespace);
        }
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Config config() {
        Config config = found();
        List<String> known =
                config.getContexts().stream().map(NamedContext::getName).toList();
        // Else the client would take the current context in its place.
        if (!context.isEmpty() && !known.contains(context)) {
            throw new BadInput("--context " + context + ": the kubeconfig has no such context"
                    + (known.isEmpty() ? "; it has none at all" : among(known)));
        }
        if (!ApiServerAddress.isKnown(config)) {
            throw new BadInput(NO_CLUSTER);
        }
        return config;
    }

    private String among(List<String> known) {
        String hint = Spelling.hint(context, known);
        return hint.isEmpty() ? "; it has " + Names.some(known) : hint;
    }

    private Config found() {
        @Nullable String wanted = context.isEmpty() ? null : context;
        try {
            if (kubeconfig.isEmpty()) {
                return Config.autoConfigure(wanted);
            }
            Path file = kubeconfig.get(kubeconfig.size() - 1);
            if (!Files.isRegularFile(file)) {
                throw new BadInput("--kubeconfig " + file + ": there is no such file");
            }
            return Config.fromKubeconfig(wanted, file.toFile());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new BadInput(
                    "The kubeconfig cannot be used: "
                            + message.lines().findFirst().orElse(message),
                    e);
        }
    }

    private static String name(Config config) {
        return config.getCurrentContext() == null
                ? "the cluster at " + config.getMasterUrl()
                : "the cluster of context " + config.getCurrentContext().getName();
    }
}
