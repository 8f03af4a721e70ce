package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.stream.Stream;

/** Reads the objects that make the API server call a Service. */
final class CalledServiceReader {
    private static final int USUAL_PORT = 443;

    private CalledServiceReader() {}

    static List<Fact> webhooks(JsonNode configuration, ObjectRef itself) {
        return Tree.items(configuration.path("webhooks"))
                .flatMap(webhook -> called(webhook.path("clientConfig").path("service"), itself))
                .distinct()
                .toList();
    }

    /** None where versions are missing: it is what a kustomization may patch a definition with. */
    static List<Fact> definition(JsonNode definition, ObjectRef itself) {
        JsonNode conversion = definition.path("spec").path("conversion");
        return definition.path("spec").has("versions")
                        && Tree.text(conversion.path("strategy")).equals("Webhook")
                ? called(conversion.path("webhook").path("clientConfig").path("service"), itself)
                        .toList()
                : List.of();
    }

    static List<Fact> apiService(JsonNode service, ObjectRef itself) {
        return called(service.path("spec").path("service"), itself).toList();
    }

    /** None where something outside the cluster is called, by its address. */
    private static Stream<Fact> called(JsonNode service, ObjectRef itself) {
        String name = Tree.text(service.path("name"));
        String namespace = Tree.text(service.path("namespace"));
        return name.isEmpty() || namespace.isEmpty()
                ? Stream.empty()
                : Stream.of(new Fact.Implied(new Implication.Called(
                        itself, namespace, name, service.path("port").asInt(USUAL_PORT))));
    }
}
