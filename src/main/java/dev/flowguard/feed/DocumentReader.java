package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.kubernetes.ObjectReader;
import dev.flowguard.kubernetes.field.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one document: an object, or a list of them. */
final class DocumentReader {
    private static final String LIST = "List";

    private final String file;
    private final int number;
    private final ManifestDocument document;
    private final Node root;
    private final ManifestText into;
    private final List<ManifestProblem> problems = new ArrayList<>();

    DocumentReader(String file, int number, ManifestDocument document, Node root, ManifestText into) {
        this.file = file;
        this.number = number;
        this.document = document;
        this.root = root;
        this.into = into;
    }

    /** Problems come in the order of their lines. */
    void read() {
        JsonNode tree = YamlTree.of(
                root,
                document,
                (line, path, message) ->
                        problems.add(new ManifestProblem(new Position(file, number, line), path, message)));
        if (ObjectSigns.in(tree)) {
            into.meantAsObject();
        }
        if (problems.isEmpty()) {
            read(tree, FieldPath.ROOT);
        } else if (Templating.in(document.text())) {
            into.template();
        }
        problems.sort(Comparator.comparingInt(problem -> problem.position().line()));
        problems.forEach(into::problem);
    }

    private void read(JsonNode tree, FieldPath path) {
        if (!(tree instanceof ObjectNode object)) {
            problem(path, "is no object: expected a mapping with apiVersion, kind and metadata");
        } else if (isList(object)) {
            items(object, path.field("items"));
        } else {
            read(object, path);
        }
    }

    private void read(ObjectNode object, FieldPath path) {
        ObjectReader.read(object)
                .accept(
                        observed -> into.object(placed(observed.observation(), object, path)),
                        refused -> refused.problems().forEach(problem -> {
                            problem(path.then(problem.path()), problem.message());
                            if (Templating.at(object, problem.path())) {
                                into.template();
                            }
                        }),
                        notRead -> into.notRead(notRead.kind()));
    }

    private static boolean isList(ObjectNode object) {
        return object.path("kind").asText().endsWith(LIST)
                && (object.path("items").isArray() || object.path("items").isNull());
    }

    /** Lists of any kind hold objects; a list of one kind may name that for all of its items. */
    private void items(ObjectNode list, FieldPath path) {
        String kind = list.path("kind").textValue();
        int index = 0;
        for (JsonNode item : list.path("items")) {
            if (item instanceof ObjectNode object && !kind.equals(LIST) && !object.has("kind")) {
                object.put("kind", kind.substring(0, kind.length() - LIST.length()));
                object.set("apiVersion", list.path("apiVersion"));
            }
            read(item, path.item(index++));
        }
    }

    private ManifestObject placed(Observation observation, ObjectNode object, FieldPath path) {
        Map<String, String> annotations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each :
                object.path("metadata").path("annotations").properties()) {
            annotations.put(each.getKey(), each.getValue().asText(""));
        }
        return new ManifestObject(
                observation, annotations, position(path), new ManifestSource(file, document, root, path, object));
    }

    private void problem(FieldPath path, String message) {
        problems.add(new ManifestProblem(position(path), path, message));
    }

    private Position position(FieldPath path) {
        return new Position(file, number, document.line(FieldNodes.find(root, path)));
    }
}
