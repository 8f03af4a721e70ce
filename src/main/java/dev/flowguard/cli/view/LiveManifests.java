package dev.flowguard.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.audit.status.FlowStatus;
import dev.flowguard.audit.status.StatusJson;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.live.ApplicablePolicy;
import dev.flowguard.view.RecordedFlow;
import dev.flowguard.wording.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads single objects of any kind from the API server, as they are written there. */
final class LiveManifests {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Where the kinds are whose names do without a group. */
    private static final Map<String, String> HOMES = Map.of(
            "Namespace", "api/v1",
            "Pod", "api/v1",
            "Service", "api/v1",
            "NetworkPolicy", "apis/networking.k8s.io/v1",
            "FlowContract", "apis/flowguard.dev/v1alpha1",
            "ClusterFlowContract", "apis/flowguard.dev/v1alpha1",
            "Job", "apis/batch/v1",
            "CronJob", "apis/batch/v1",
            "Ingress", "apis/networking.k8s.io/v1");

    private static final Map<String, String> CONTRACTS =
            Map.of("FlowContract", "flowcontracts", "ClusterFlowContract", "clusterflowcontracts");

    private static final String APPS = "apis/apps/v1";

    private final KubernetesClient client;

    LiveManifests(KubernetesClient client) {
        this.client = client;
    }

    /** Empty where there is no such object, or where it may not be read. */
    Optional<ObjectNode> read(ObjectRef object) {
        int dot = object.kind().indexOf('.');
        String kind = dot < 0 ? object.kind() : object.kind().substring(0, dot);
        Optional<String> home = dot < 0
                ? Optional.of(HOMES.getOrDefault(kind, APPS))
                : preferred(object.kind().substring(dot + 1));
        return home.flatMap(of -> plural(of, kind).flatMap(plural -> get(path(of, plural, object))))
                .map(found -> named(home.orElseThrow(), kind, found));
    }

    /** How flows stand by the status of their contracts. */
    List<RecordedFlow> recorded() {
        List<RecordedFlow> recorded = new ArrayList<>();
        CONTRACTS.forEach((kind, plural) -> get("apis/flowguard.dev/v1alpha1/" + plural)
                .ifPresent(list -> list.path("items").forEach(contract -> record(kind, contract, recorded))));
        return recorded;
    }

    private static void record(String kind, JsonNode contract, List<RecordedFlow> recorded) {
        JsonNode metadata = contract.path("metadata");
        ObjectRef object = new ObjectRef(
                kind, metadata.path("namespace").asText(), metadata.path("name").asText());
        for (FlowStatus flow : StatusJson.read(contract.path("status")).flows()) {
            recorded.add(new RecordedFlow(
                    object.toString(),
                    flow.name(),
                    flow.state().spelling(),
                    flow.since().toString(),
                    Names.some(flow.blockedBy().stream()
                            .map(blocker -> blocker.policy().toString())
                            .toList())));
        }
    }

    private Optional<String> preferred(String group) {
        return get("apis/" + group)
                .map(found ->
                        found.path("preferredVersion").path("groupVersion").asText())
                .filter(version -> !version.isEmpty())
                .map(version -> "apis/" + version);
    }

    private Optional<String> plural(String home, String kind) {
        return get(home).stream()
                .flatMap(list -> StreamSupport.stream(list.path("resources").spliterator(), false))
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .map(resource -> resource.path("name").asText())
                .filter(name -> !name.contains("/"))
                .findFirst();
    }

    private static String path(String home, String plural, ObjectRef object) {
        List<String> parts = object.namespace().isEmpty()
                ? List.of(home, plural, object.name())
                : List.of(home, "namespaces", object.namespace(), plural, object.name());
        return String.join("/", parts);
    }

    /** With its kind, which is what manifests begin with. */
    private static ObjectNode named(String home, String kind, ObjectNode found) {
        ObjectNode whole = MAPPER.createObjectNode();
        whole.put("apiVersion", home.replaceFirst("^apis?/", "")).put("kind", kind);
        whole.setAll(ApplicablePolicy.of(found));
        return whole;
    }

    private Optional<ObjectNode> get(String path) {
        try {
            String answer = client.raw("/" + path);
            JsonNode tree = MAPPER.readTree(answer == null ? "" : answer);
            return tree instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (KubernetesClientException | JsonProcessingException e) {
            // Then it is not shown.
            return Optional.empty();
        }
    }
}
