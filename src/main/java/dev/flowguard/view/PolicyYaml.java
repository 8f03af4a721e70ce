package dev.flowguard.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.policy.Direction;
import dev.flowguard.report.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifest of a policy as YAML, and on which of its lines each rule stands. */
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

    /** @param rule its place in the section, from 0 */
    Lines lines(Direction direction, int rule) {
        Optional<Integer> before = linesUpTo(direction, rule);
        Optional<Integer> with = linesUpTo(direction, rule + 1);
        return before.isPresent() && with.isPresent() ? new Lines(before.get() + 1, with.get()) : Lines.NONE;
    }

    /** How many lines there are up to the end of the first so many rules: those of the manifest without all that follows. */
    private Optional<Integer> linesUpTo(Direction direction, int rules) {
        ObjectNode start = object.deepCopy();
        removeAfter(start, "spec");
        if (!(start.path("spec") instanceof ObjectNode spec)
                || !(spec.path(direction.section()) instanceof ArrayNode section)
                || section.size() < rules) {
            return Optional.empty();
        }
        removeAfter(spec, direction.section());
        while (section.size() > rules) {
            section.remove(section.size() - 1);
        }
        return Optional.of((int) YamlText.of(start).lines().count());
    }

    private static void removeAfter(ObjectNode node, String last) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(entry -> names.add(entry.getKey()));
        int place = names.indexOf(last);
        if (place >= 0) {
            node.remove(names.subList(place + 1, names.size()));
        }
    }
}
