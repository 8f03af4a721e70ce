package dev.flowguard.feed;

import dev.flowguard.kubernetes.field.FieldPath;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the nodes of fields, to tell in which lines they stand. */
final class FieldNodes {
    /** A field, by its key or item, and its value. */
    private record Found(Node at, Node value) {}

    private FieldNodes() {}

    /** Where that field stands, or the nearest around it that is there. */
    static Node find(Node root, FieldPath path) {
        Found found = new Found(root, root);
        for (FieldPath.Step step : path.steps()) {
            Node in = found.value();
            Optional<Found> next = step.match(name -> field(in, name), index -> item(in, index));
            if (next.isEmpty()) {
                break;
            }
            found = next.get();
        }
        return found.at();
    }

    private static Optional<Found> item(Node node, int index) {
        return node instanceof SequenceNode list && index < list.getValue().size()
                ? Optional.of(
                        new Found(list.getValue().get(index), list.getValue().get(index)))
                : Optional.empty();
    }

    /** The last that sets the field, be it by a merge. */
    private static Optional<Found> field(Node node, String name) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        Optional<Found> found = Optional.empty();
        for (NodeTuple entry : mapping.getValue()) {
            if (YamlKeys.isMerge(entry.getKeyNode())) {
                Optional<Found> merged = merged(entry.getValueNode(), name);
                found = merged.isPresent() ? merged : found;
            } else if (YamlKeys.text(entry.getKeyNode()).filter(name::equals).isPresent()) {
                found = Optional.of(new Found(entry.getKeyNode(), entry.getValueNode()));
            }
        }
        return found;
    }

    private static Optional<Found> merged(Node merged, String name) {
        List<Node> sources = merged instanceof SequenceNode list ? list.getValue() : List.of(merged);
        return sources.stream().flatMap(source -> field(source, name).stream()).findFirst();
    }
}
