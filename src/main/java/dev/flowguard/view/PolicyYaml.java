package dev.flowguard.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.report.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifest of an object as YAML, and on which of its lines each rule of a policy stands. */
final class PolicyYaml {
    /** What the API server adds and nobody writes. */
    private static final List<String> BOOKKEEPING =
            List.of("managedFields", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink");

    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final ObjectNode object;

    /** Lines of a text, from 1; 0 for neither. */
    record Lines(int first, int last) {
        static final Lines NONE = new Lines(0, 0);
    }

    PolicyYaml(ObjectNode manifest) {
        object = manifest.deepCopy();
        object.remove("status");
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(BOOKKEEPING);
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove(APPLIED);
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
    }

    String text() {
        return YamlText.of(object);
    }

    /** Where that field or item stands, with all that is in it. */
    Lines lines(FieldPath path) {
        Optional<Integer> before = linesUpTo(path, false);
        Optional<Integer> with = linesUpTo(path, true);
        return before.isPresent() && with.isPresent() ? new Lines(before.get() + 1, with.get()) : Lines.NONE;
    }

    /** How many lines there are up to the end of what is there, or up to its beginning: those of the manifest without all that follows. */
    private Optional<Integer> linesUpTo(FieldPath path, boolean with) {
        ObjectNode start = object.deepCopy();
        JsonNode node = start;
        List<FieldPath.Step> steps = path.steps();
        for (int i = 0; i < steps.size(); i++) {
            boolean kept = with || i < steps.size() - 1;
            JsonNode parent = node;
            node = steps.get(i).match(field -> parent.path(field), index -> parent.path(index));
            if (node.isMissingNode()) {
                return Optional.empty();
            }
            steps.get(i)
                    .<Runnable>match(field -> () -> cut(parent, field, kept), index -> () -> cut(parent, index, kept))
                    .run();
        }
        return Optional.of((int) YamlText.of(start).lines().count());
    }

    private static void cut(JsonNode parent, String last, boolean kept) {
        List<String> names = new ArrayList<>();
        parent.properties().forEach(entry -> names.add(entry.getKey()));
        int end = names.indexOf(last) + (kept ? 1 : 0);
        if (parent instanceof ObjectNode object) {
            object.remove(names.subList(end, names.size()));
        }
    }

    private static void cut(JsonNode parent, int last, boolean kept) {
        int size = last + (kept ? 1 : 0);
        while (parent instanceof ArrayNode list && list.size() > size) {
            list.remove(list.size() - 1);
        }
    }
}
