package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code kubectl kustomize} makes of a folder, for the few parts of kustomize that our folders use. Any other part is refused, so that this
 * cannot come to mean something else than kustomize does.
 */
public final class Kustomization {
    private static final Set<String> PARTS =
            Set.of("apiVersion", "kind", "resources", "components", "patches", "labels", "images");

    private final List<ObjectNode> objects = new ArrayList<>();

    private Kustomization() {}

    public static List<ObjectNode> render(Path folder) {
        Kustomization kustomization = new Kustomization();
        kustomization.add(folder);
        return kustomization.objects;
    }

    /** Resources, then components, then what changes all that is there by then: the order of kustomize. */
    private void add(Path folder) {
        JsonNode file = Yaml.documents(folder.resolve("kustomization.yaml")).get(0);
        file.fieldNames().forEachRemaining(part -> assertThat(PARTS).contains(part));
        for (String resource : Yaml.texts(file.path("resources"))) {
            Path path = folder.resolve(resource);
            objects.addAll(Files.isDirectory(path) ? render(path) : Yaml.documents(path));
        }
        for (String component : Yaml.texts(file.path("components"))) {
            add(folder.resolve(component));
        }
        for (JsonNode patch : file.path("patches")) {
            assertThat(patch.size()).as("only whole patch files").isEqualTo(1);
            Yaml.documents(folder.resolve(patch.get("path").asText())).forEach(this::patch);
        }
        for (JsonNode labels : file.path("labels")) {
            assertThat(labels.size()).as("only labels of objects").isEqualTo(1);
            objects.forEach(object -> label(object, labels.get("pairs")));
        }
        for (JsonNode image : file.path("images")) {
            objects.forEach(object -> useImage(object, image));
        }
    }

    private void patch(ObjectNode patch) {
        List<ObjectNode> targets =
                objects.stream().filter(object -> sameObject(object, patch)).toList();
        assertThat(targets)
                .as("targets of a patch of " + patch.at("/metadata/name"))
                .hasSize(1);
        StrategicMerge.into(targets.get(0), patch);
    }

    private static boolean sameObject(JsonNode one, JsonNode other) {
        return List.of("/apiVersion", "/kind", "/metadata/name", "/metadata/namespace").stream()
                .allMatch(path -> one.at(path).equals(other.at(path)));
    }

    private static void label(ObjectNode object, JsonNode pairs) {
        object.withObject("/metadata/labels").setAll((ObjectNode) pairs);
    }

    private static void useImage(JsonNode object, JsonNode image) {
        for (JsonNode container : object.at("/spec/template/spec/containers")) {
            if (container.path("image").equals(image.get("name"))) {
                ((ObjectNode) container)
                        .put(
                                "image",
                                image.get("newName").asText() + ":"
                                        + image.get("newTag").asText());
            }
        }
    }
}
