package dev.flowguard.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cli.input.AssumedNamespaces;
import dev.flowguard.cli.input.FollowedCluster;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.feed.Deletion;
import dev.flowguard.feed.live.ApplicablePolicy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.PolicyJson;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.RecordedFlow;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.Trial;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A live cluster as it is at any moment, with what was kept in the page on top of it: nothing is ever written to it. */
final class LiveShown implements ShownCluster {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Where the whole cluster is out of touch, all kinds are. */
    private static final int MOST_TROUBLES = 4;

    /** So long somebody who looks at the page waits for a single object that it wants to show. */
    private static final int PATIENCE_MILLIS = 5_000;

    private final FollowedCluster followed;

    /** Asks once: where the cluster is out of touch, what is known of it is shown at once. */
    private final KubernetesClient client;

    private final List<UnaryOperator<Snapshot>> kept = new ArrayList<>();
    private final List<ManifestPlaces.Origin> keptManifests = new ArrayList<>();
    private Snapshot below;
    private Snapshot shown;
    private long generation = 1;
    private int troubles;

    LiveShown(FollowedCluster followed) {
        this.followed = followed;
        this.client = followed.client()
                .newClient(new RequestConfigBuilder()
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(PATIENCE_MILLIS)
                        .build())
                .adapt(KubernetesClient.class);
        this.below = followed.snapshot().orElseThrow();
        this.shown = below;
    }

    @Override
    public String origin() {
        return followed.origin();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /** While the cluster is out of touch it is as it was last known. */
    @Override
    public synchronized Snapshot snapshot() {
        Snapshot now = followed.snapshot().orElse(below);
        if (now != below) {
            below = now;
            renew();
        }
        return shown;
    }

    /** Another too where the cluster goes out of touch or comes back: a note says so. */
    @Override
    public synchronized long generation() {
        snapshot();
        int now = followed.live().health().troubles().size();
        if (now != troubles) {
            troubles = now;
            generation++;
        }
        return generation;
    }

    private void renew() {
        Snapshot renewed = below;
        for (UnaryOperator<Snapshot> each : kept) {
            renewed = each.apply(renewed);
        }
        shown = renewed;
        generation++;
    }

    /** What the API server has, with all that is written there; where it cannot be asked, what is known to be decided. */
    @Override
    public synchronized ManifestPlaces places(Snapshot cluster, Set<String> namespaces) {
        Map<PolicyRef, ObjectNode> policies = new HashMap<>();
        for (String namespace : namespaces) {
            for (CompiledPolicy policy : below.policiesIn(namespace)) {
                policies.put(policy.policy().ref(), PolicyJson.of(policy.policy()));
            }
            read(namespace, policies);
        }
        ManifestPlaces places = ManifestPlaces.ofLive(policies, new LiveManifests(client)::read);
        for (ManifestPlaces.Origin origin : keptManifests) {
            places = places.with(origin);
        }
        return places;
    }

    private void read(String namespace, Map<PolicyRef, ObjectNode> policies) {
        try {
            String list = client.raw("/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies");
            for (JsonNode item : MAPPER.readTree(list == null ? "{}" : list).path("items")) {
                if (item instanceof ObjectNode object) {
                    ObjectNode whole = MAPPER.createObjectNode();
                    whole.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
                    whole.setAll(ApplicablePolicy.of(object));
                    policies.put(
                            new PolicyRef(
                                    namespace,
                                    item.path("metadata").path("name").asText()),
                            whole);
                }
            }
        } catch (KubernetesClientException | JsonProcessingException e) {
            // What is known of them is shown instead.
            return;
        }
    }

    @Override
    public synchronized void apply(Trial trial) {
        trial.deleted().forEach(object -> kept.add(now -> now.with(Deletion.of(object, now))));
        trial.manifests().objects().forEach(object -> kept.add(now -> now.with(object.observation())));
        keptManifests.add(ManifestPlaces.Origin.ofStandardInput(trial.manifests()));
        renew();
    }

    @Override
    public List<RecordedFlow> recorded() {
        return new LiveManifests(client).recorded();
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
        List<String> notes = new ArrayList<>(AssumedNamespaces.notes(snapshot()));
        List<String> now = followed.live().health().troubles();
        notes.addAll(now.subList(0, Math.min(MOST_TROUBLES, now.size())));
        if (now.size() > MOST_TROUBLES) {
            notes.add("and " + (now.size() - MOST_TROUBLES) + " more kinds of objects, of which it is much the same");
        }
        return notes;
    }
}
