package dev.flowguard.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.kubernetes.ObjectReader;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of an object when {@code kubectl apply} applies a file to it: what it has and the file never had stays. Which that is
 * kubectl knows from an annotation that it writes; without it, only what the API server filled in is known not to be the file's.
 */
final class AppliedManifest {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String POLICY_TYPES = "policyTypes";
    private static final JsonMapper MAPPER = new JsonMapper();

    private AppliedManifest() {}

    /** @param live the object as it is; empty where there is none yet */
    static Observation of(ManifestObject file, Optional<ObjectNode> live) {
        if (live.isEmpty()) {
            return file.observation();
        }
        ObjectNode applied = merged(file.source().object(), live.get());
        return ObjectReader.read(applied)
                .match(
                        observed -> observed.observation(),
                        refused -> file.observation(),
                        notRead -> file.observation());
    }

    /** The object as it will be. */
    static ObjectNode merged(ObjectNode file, ObjectNode live) {
        JsonNode before = lastApplied(live);
        return before.isObject() ? (ObjectNode) merge(file, before, live) : withDefaults(file, live);
    }

    private static JsonNode lastApplied(ObjectNode live) {
        String text =
                live.path("metadata").path("annotations").path(LAST_APPLIED).asText("");
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException unreadable) {
            return MAPPER.missingNode();
        }
    }

    /** Maps are merged key by key; anything else the file decides as a whole, as far as it says something. */
    private static JsonNode merge(JsonNode file, JsonNode before, JsonNode live) {
        if (!file.isObject() || !live.isObject()) {
            return file;
        }
        ObjectNode merged = file.deepCopy();
        for (Map.Entry<String, JsonNode> field : ((ObjectNode) live).properties()) {
            String name = field.getKey();
            if (file.has(name)) {
                merged.set(name, merge(file.get(name), before.path(name), field.getValue()));
            } else if (!before.has(name)) {
                merged.set(name, field.getValue().deepCopy());
            }
        }
        return merged;
    }

    /** The policy types of a policy that named none were written down when it was created, and are the API server's ever since. */
    private static ObjectNode withDefaults(ObjectNode file, ObjectNode live) {
        ObjectNode applied = file.deepCopy();
        boolean isPolicy = live.path("kind").asText().equals("NetworkPolicy")
                && live.path("apiVersion").asText().startsWith("networking.k8s.io/");
        if (isPolicy && applied.path("spec") instanceof ObjectNode spec && !spec.has(POLICY_TYPES)) {
            JsonNode kept = live.path("spec").path(POLICY_TYPES);
            spec.set(POLICY_TYPES, kept.isArray() ? kept.deepCopy() : defaulted(live.path("spec")));
        }
        return applied;
    }

    private static ArrayNode defaulted(JsonNode spec) {
        ArrayNode types = MAPPER.createArrayNode().add("Ingress");
        return spec.path("egress").isEmpty() ? types : types.add("Egress");
    }
}
