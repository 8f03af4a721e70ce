package dev.flowguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Makes generated objects as large as real ones, with the fields of a running pod that no verdict depends on: what a feed must read
 * past is most of what it reads.
 */
final class Padding {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IMAGES_ON_A_NODE = 50;

    /** Names of managed fields have the owner's identity in them, so that each is another. */
    private static final String AN_OWNER = "5f1f9c1e-6f0b-4a9d-9a53-0f0b0d0f3b51";

    /** A pod of one container, as a cluster says it, without what {@link Objects} makes. */
    private final ObjectNode pod;

    Padding() {
        try (InputStream text =
                java.util.Objects.requireNonNull(Padding.class.getResourceAsStream("/bench/pod.json"))) {
            pod = (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole object as the API server would write it. */
    byte[] padded(ObjectNode object, long version) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("apiVersion", object.get("apiVersion"));
        whole.set("kind", object.get("kind"));
        whole.set("metadata", metadata(object, version));
        object.fields().forEachRemaining(field -> whole.putIfAbsent(field.getKey(), field.getValue()));
        switch (object.get("kind").asText()) {
            case "Pod" -> {
                whole.set("spec", podSpec(object.get("spec")));
                whole.set("status", over(pod.get("status"), object.get("status")));
            }
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> {
                ObjectNode spec = object.get("spec").deepCopy();
                ObjectNode template = spec.withObject("/template");
                template.set("spec", podSpec(template.get("spec")));
                whole.set("spec", spec);
            }
            case "Node" -> whole.set("status", nodeStatus(object.get("status")));
            default -> {}
        }
        String owner = object.at("/metadata/ownerReferences/0/name").asText() + object.at("/metadata/namespace");
        return whole.toString().replace(AN_OWNER, uid(owner)).getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode metadata(ObjectNode object, long version) {
        JsonNode own = object.get("metadata");
        ObjectNode metadata = over(pod.get("metadata"), own);
        String name = own.path("namespace").asText() + "/" + own.path("name").asText();
        return metadata.put("resourceVersion", Long.toString(version)).put("uid", uid(name));
    }

    private static String uid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private ObjectNode podSpec(JsonNode own) {
        ObjectNode spec = over(pod.get("spec"), own);
        ArrayNode containers = JSON.createArrayNode();
        own.get("containers").forEach(each -> containers.add(over(pod.at("/spec/containers/0"), each)));
        spec.set("containers", containers);
        return spec;
    }

    /** A node lists the images that it has. */
    private static ObjectNode nodeStatus(JsonNode own) {
        ObjectNode status = own.deepCopy();
        ArrayNode images = status.putArray("images");
        for (int i = 0; i < IMAGES_ON_A_NODE; i++) {
            ObjectNode image = images.addObject().put("sizeBytes", 100_000_000 + i);
            image.putArray("names")
                    .add("registry.example.com/shop/service-" + i
                            + "@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
                    .add("registry.example.com/shop/service-" + i + ":1.42.0");
        }
        return status;
    }

    private static ObjectNode over(JsonNode general, JsonNode own) {
        ObjectNode both = general.deepCopy();
        return both.setAll((ObjectNode) own);
    }
}
