package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** An AdmissionReview around a change of a policy, with all that an API server adds, which is most of the bytes. */
final class ReviewEnvelope {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String GROUP = "networking.k8s.io";

    private final Random random;

    ReviewEnvelope(Random random) {
        this.random = random;
    }

    /** The policy as it is kept in the cluster. */
    ObjectNode stored(ObjectNode policy) {
        ObjectNode stored = policy.deepCopy();
        ObjectNode metadata = (ObjectNode) stored.get("metadata");
        metadata.put("uid", uid())
                .put("resourceVersion", Integer.toString(1_000 + random.nextInt(1_000_000)))
                .put("generation", 1)
                .put("creationTimestamp", "2026-01-01T00:00:00Z");
        ObjectNode manager = metadata.putArray("managedFields")
                .addObject()
                .put("manager", "kubectl-client-side-apply")
                .put("operation", "Update")
                .put("apiVersion", GROUP + "/v1")
                .put("time", "2026-01-01T00:00:00Z")
                .put("fieldsType", "FieldsV1");
        ObjectNode owned = manager.putObject("fieldsV1").putObject("f:spec");
        stored.get("spec").fieldNames().forEachRemaining(field -> owned.putObject("f:" + field));
        return stored;
    }

    ObjectNode creation(ObjectNode created) {
        ObjectNode request = request("CREATE", created);
        request.set("object", created);
        return review(request);
    }

    ObjectNode update(ObjectNode before, ObjectNode after) {
        ObjectNode request = request("UPDATE", after);
        request.set("object", after);
        request.set("oldObject", before);
        return review(request);
    }

    ObjectNode deletion(ObjectNode deleted) {
        ObjectNode request = request("DELETE", deleted);
        request.putNull("object");
        request.set("oldObject", deleted);
        return review(request);
    }

    /** A dry run: else a cluster in memory would take in each change that is admitted, and be another one after a while. */
    private ObjectNode request(String operation, ObjectNode policy) {
        ObjectNode request = JSON.objectNode().put("uid", uid());
        kind(request.putObject("kind"));
        resource(request.putObject("resource"));
        kind(request.putObject("requestKind"));
        resource(request.putObject("requestResource"));
        request.put("name", policy.at("/metadata/name").asText())
                .put("namespace", policy.at("/metadata/namespace").asText())
                .put("operation", operation);
        request.putObject("userInfo")
                .put("username", "jane" + random.nextInt(100))
                .put("uid", uid())
                .putArray("groups")
                .add("developers")
                .add("system:authenticated");
        request.put("dryRun", true);
        request.putObject("options")
                .put("kind", optionsOf(operation))
                .put("apiVersion", "meta.k8s.io/v1")
                .put("fieldManager", "kubectl-client-side-apply");
        return request;
    }

    private static String optionsOf(String operation) {
        return operation.charAt(0) + operation.substring(1).toLowerCase(Locale.ROOT) + "Options";
    }

    private static ObjectNode review(ObjectNode request) {
        ObjectNode review = JSON.objectNode().put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
        review.set("request", request);
        return review;
    }

    private static void kind(ObjectNode kind) {
        kind.put("group", GROUP).put("version", "v1").put("kind", "NetworkPolicy");
    }

    private static void resource(ObjectNode resource) {
        resource.put("group", GROUP).put("version", "v1").put("resource", "networkpolicies");
    }

    private String uid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
