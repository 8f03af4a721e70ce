package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.field.FieldPath;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns the nodes of a YAML document into a tree of JSON, as kubectl does; but a key that stands there twice is a mistake. */
final class YamlTree {
    /** What a few lines of aliases to aliases could otherwise grow to has no end. */
    private static final int MOST_COPIES = 1_000_000;

    /** Takes the mistakes. */
    interface Problems {
        /**
         * Takes one.
         *
         * @param line of the file, from 1
         */
        void add(int line, FieldPath path, String message);
    }

    private final ManifestDocument document;
    private final Problems problems;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int copying;
    private int copies;

    private YamlTree(ManifestDocument document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The tree; where there was a mistake, without the value that it concerns. */
    static JsonNode of(Node root, ManifestDocument document, Problems problems) {
        return new YamlTree(document, problems).value(root, FieldPath.ROOT);
    }

    private JsonNode value(Node node, FieldPath path) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, path);
        }
        if (!open.add(node)) {
            problems.add(document.line(node), path, "contains itself by an alias: write out what is meant");
            return NullNode.instance;
        }
        boolean copy = node.getAnchor().isPresent() && !seen.add(node);
        copying += copy ? 1 : 0;
        JsonNode value = NullNode.instance;
        if (isAffordable(node, path)) {
            value = node instanceof SequenceNode sequence ? list(sequence, path) : mapping((MappingNode) node, path);
        }
        copying -= copy ? 1 : 0;
        open.remove(node);
        return value;
    }

    private JsonNode scalar(ScalarNode scalar, FieldPath path) {
        if (YamlScalar.isEndlessNumber(scalar)) {
            problems.add(
                    document.line(scalar),
                    path,
                    "is a number of " + scalar.getValue().length() + " characters: put it in quotes if it is a text");
            return NullNode.instance;
        }
        return isAffordable(scalar, path) ? YamlScalar.read(scalar) : NullNode.instance;
    }

    private boolean isAffordable(Node node, FieldPath path) {
        copies += copying > 0 ? 1 : 0;
        if (copies == MOST_COPIES) {
            problems.add(
                    document.line(node),
                    path,
                    "grows to more than " + MOST_COPIES + " values by its aliases: write out what is meant");
        }
        return copies < MOST_COPIES;
    }

    private ArrayNode list(SequenceNode sequence, FieldPath path) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Node item : sequence.getValue()) {
            list.add(value(item, path.item(list.size())));
        }
        return list;
    }

    /** In the order written, a merge included: kubectl lets it replace what stands before it. */
    private ObjectNode mapping(MappingNode node, FieldPath path) {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        Map<String, Node> own = new HashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (YamlKeys.isMerge(entry.getKeyNode())) {
                merge(entry.getValueNode(), path, mapping);
            } else {
                entry(entry, path, own)
                        .ifPresent(key -> mapping.set(key, value(entry.getValueNode(), path.field(key))));
            }
        }
        return mapping;
    }

    /** The key of the entry, unless that is a mistake. */
    private Optional<String> entry(NodeTuple entry, FieldPath path, Map<String, Node> own) {
        Node keyNode = entry.getKeyNode();
        Optional<String> key = YamlKeys.text(keyNode);
        if (key.isEmpty()) {
            problems.add(
                    document.line(keyNode),
                    path,
                    "has a key that is no text: put it in quotes"
                            + (keyNode instanceof ScalarNode
                                    ? ""
                                    : "; if this is a template, read what it renders to"));
            return key;
        }
        @Nullable Node first = own.putIfAbsent(key.get(), keyNode);
        if (first != null) {
            problems.add(
                    document.line(keyNode),
                    path.field(key.get()),
                    "is written twice, first in line " + document.line(first) + ": keep one of them");
        }
        return first == null ? key : Optional.empty();
    }

    /** Of a list of mappings, the earlier ones count. */
    private void merge(Node merged, FieldPath path, ObjectNode into) {
        List<Node> sources = merged instanceof SequenceNode list ? list.getValue() : List.of(merged);
        for (int i = sources.size() - 1; i >= 0; i--) {
            if (sources.get(i) instanceof MappingNode mapping && value(mapping, path) instanceof ObjectNode entries) {
                into.setAll(entries);
            } else if (!(sources.get(i) instanceof MappingNode)) {
                problems.add(
                        document.line(sources.get(i)),
                        path,
                        "merges (<<) something that is no mapping: merge only mappings");
            }
        }
    }
}
