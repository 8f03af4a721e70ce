package dev.flowguard.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cli.input.AssumedNamespaces;
import dev.flowguard.cli.input.FollowedCluster;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.ApplicablePolicy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.report.PolicyJson;
import dev.flowguard.view.PastDecision;
import dev.flowguard.view.RecordedFlow;
import dev.flowguard.view.ShownCluster;
import dev.flowguard.view.Trial;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A live cluster as it is at any moment, with what was kept in the page on top of it: nothing is ever written to it. */
final class LiveShown implements ShownCluster {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final FollowedCluster followed;
    private final List<Observation> kept = new ArrayList<>();
    private final List<ManifestPlaces.Origin> keptManifests = new ArrayList<>();
    private Snapshot below;
    private Snapshot shown;
    private long generation = 1;

    LiveShown(FollowedCluster followed) {
        this.followed = followed;
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

    @Override
    public synchronized long generation() {
        snapshot();
        return generation;
    }

    private void renew() {
        Snapshot renewed = below;
        for (Observation each : kept) {
            renewed = renewed.with(each);
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
        ManifestPlaces places = ManifestPlaces.ofLive(policies, new LiveManifests(followed.client())::read);
        for (ManifestPlaces.Origin origin : keptManifests) {
            places = places.with(origin);
        }
        return places;
    }

    private void read(String namespace, Map<PolicyRef, ObjectNode> policies) {
        try {
            String list =
                    followed.client().raw("/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies");
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
        trial.deleted().forEach(object -> kept.add(Observation.gone(object)));
        trial.manifests().objects().forEach(object -> kept.add(object.observation()));
        keptManifests.add(ManifestPlaces.Origin.ofStandardInput(trial.manifests()));
        renew();
    }

    @Override
    public List<RecordedFlow> recorded() {
        return new LiveManifests(followed.client()).recorded();
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
        notes.addAll(followed.live().health().troubles());
        return notes;
    }
}
