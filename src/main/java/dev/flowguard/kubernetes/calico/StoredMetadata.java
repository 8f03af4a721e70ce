package dev.flowguard.kubernetes.calico;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.calico.CalicoPolicy;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metadata of an object as Calico's API shows it. Where Calico stores objects it keeps their names and labels in an annotation, and
 * policies of the tier {@code default} it used to store under names with the tier before them (OTHER-POLICIES K5, K29).
 */
public final class StoredMetadata {
    private static final String ANNOTATION = "projectcalico.org/metadata";
    private static final String PREFIX = "default.";

    private final JsonNode tree;
    private final JsonNode annotated;

    private StoredMetadata(JsonNode tree, JsonNode annotated) {
        this.tree = tree;
        this.annotated = annotated;
    }

    /** @param group of the object's API; only what is stored has metadata beside its own */
    static StoredMetadata of(JsonNode tree, String group) {
        String text = group.equals(CalicoPolicy.STORED_GROUP)
                ? tree.path("metadata").path("annotations").path(ANNOTATION).asText("")
                : "";
        return new StoredMetadata(tree, text.isEmpty() ? MissingNode.getInstance() : parsed(text));
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // Somebody's own annotation, then, which says nothing.
            return MissingNode.getInstance();
        }
    }

    /** The reference to a stored object by the name that Calico's API has for it; any other stays as it is. */
    public static ObjectRef inApi(ObjectRef ref, JsonNode tree, String group) {
        return group.equals(CalicoPolicy.STORED_GROUP)
                ? new ObjectRef(ref.kind(), ref.namespace(), of(tree, group).name(ref))
                : ref;
    }

    private String name(ObjectRef ref) {
        String kept = annotated.path("name").asText("");
        if (!kept.isEmpty()) {
            return kept;
        }
        String tier = tree.path("spec").path("tier").asText("default");
        boolean isPolicy = ref.kind().endsWith("NetworkPolicy." + CalicoPolicy.GROUP);
        boolean isPrefixed = isPolicy
                && ref.name().startsWith(PREFIX)
                && ref.name().length() > PREFIX.length()
                && (tier.isEmpty() || tier.equals("default"));
        return isPrefixed ? ref.name().substring(PREFIX.length()) : ref.name();
    }

    /** Its own, and those that are kept beside them. */
    Labels labels() {
        Map<String, String> labels = new TreeMap<>();
        for (JsonNode written : new JsonNode[] {tree.path("metadata"), annotated}) {
            written.path("labels")
                    .fields()
                    .forEachRemaining(
                            label -> labels.put(label.getKey(), label.getValue().asText("")));
        }
        return Labels.of(labels);
    }

    /** Set up only where something is stored so: that takes longer than reading a folder of manifests. */
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
