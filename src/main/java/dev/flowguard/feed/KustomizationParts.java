package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The files that kustomizations use without applying them: patches above all, which look like objects and are parts of some. Read
 * as objects they would replace what they patch.
 */
final class KustomizationParts {
    private static final List<String> LISTS_OF_FILES =
            List.of("patchesStrategicMerge", "transformers", "generators", "validators", "configurations");
    private static final List<String> LISTS_WITH_PATHS = List.of("patches", "patchesJson6902", "replacements");
    private static final List<String> GENERATORS = List.of("configMapGenerator", "secretGenerator");

    private final Set<Path> parts = new HashSet<>();
    private final KustomizedNamespaces namespaces = new KustomizedNamespaces();
    private final Map<String, Set<Set<Rewriting.Place>>> places = new HashMap<>();
    private boolean rewriting;

    /** @param kustomizations the files that are such */
    KustomizationParts(List<Path> kustomizations) {
        for (Path file : kustomizations) {
            for (JsonNode root : roots(file)) {
                named(root).forEach(name -> add(file, name));
                namespaces.add(normal(file.resolveSibling(".")), root);
                rewriting |= rewrites(root);
            }
        }
        namespaces.follow();
    }

    /** Takes note of the namespaces that are written in a file. */
    void written(Path file, Set<String> written) {
        Set<Rewriting.Place> put = namespaces.of(normal(file));
        if (!put.isEmpty()) {
            written.forEach(
                    each -> places.computeIfAbsent(each, key -> new HashSet<>()).add(put));
        }
    }

    /** What they make of the objects of the files of which note was taken. */
    Rewriting rewriting() {
        return new Rewriting(rewriting, places);
    }

    boolean include(Path file) {
        Path part = normal(file);
        return Stream.iterate(Optional.of(part), Optional::isPresent, path -> path.map(Path::getParent))
                .flatMap(Optional::stream)
                .anyMatch(parts::contains);
    }

    private static boolean rewrites(JsonNode root) {
        boolean labelsOfPods = false;
        for (JsonNode labels : root.path("labels")) {
            labelsOfPods |= labels.path("includeSelectors").asBoolean()
                    || labels.path("includeTemplates").asBoolean();
        }
        return labelsOfPods || root.has("namespace") || root.has("commonLabels");
    }

    private void add(Path kustomization, String name) {
        try {
            parts.add(normal(kustomization.resolveSibling(name)));
        } catch (InvalidPathException inlinePatch) {
            // A patch may be written in place of its file's name.
        }
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** What cannot be parsed names nothing; kustomize itself will say why. */
    private static List<JsonNode> roots(Path file) {
        try {
            String text = new String(ManifestBytes.ofHeap().file(file, true), StandardCharsets.UTF_8);
            List<JsonNode> roots = new ArrayList<>();
            for (ManifestDocument document : DocumentSplitter.split(text)) {
                List<Node> nodes = new ArrayList<>();
                YamlNodes.parse(document, nodes::add);
                nodes.forEach(node -> roots.add(YamlTree.of(node, document, (line, path, message) -> {})));
            }
            return roots;
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<String> named(JsonNode root) {
        List<String> names = new ArrayList<>();
        LISTS_OF_FILES.forEach(list -> root.path(list).forEach(name -> names.add(name.asText())));
        LISTS_WITH_PATHS.forEach(list ->
                root.path(list).forEach(item -> names.add(item.path("path").asText())));
        names.add(root.path("openapi").path("path").asText());
        for (JsonNode chart : root.path("helmCharts")) {
            names.add(chart.path("valuesFile").asText());
            chart.path("additionalValuesFiles").forEach(name -> names.add(name.asText()));
        }
        for (String generator : GENERATORS) {
            for (JsonNode generated : root.path(generator)) {
                generated
                        .path("files")
                        .forEach(name ->
                                names.add(name.asText().substring(name.asText().indexOf('=') + 1)));
            }
        }
        names.removeIf(String::isBlank);
        return names;
    }
}
