package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Patches an object as the API server does by its own types: lists of objects are merged by the field that identifies an entry. */
final class StrategicMerge {
    private static final String NAME = "name";
    private static final Map<String, String> KEYS = Map.of("volumeMounts", "mountPath", "ports", "containerPort");

    private StrategicMerge() {}

    static void into(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            String name = field.getKey();
            assertThat(name).as("directives are not supported here").doesNotStartWith("$");
            if (target.get(name) instanceof ObjectNode old && field.getValue() instanceof ObjectNode change) {
                into(old, change);
            } else if (target.get(name) instanceof ArrayNode old
                    && field.getValue() instanceof ArrayNode change
                    && change.path(0).isObject()) {
                merge(old, change, KEYS.getOrDefault(name, NAME));
            } else {
                target.set(name, field.getValue().deepCopy());
            }
        });
    }

    private static void merge(ArrayNode entries, ArrayNode changes, String key) {
        for (JsonNode change : changes) {
            Optional<ObjectNode> old = StreamSupport.stream(entries.spliterator(), false)
                    .filter(entry -> entry.path(key).equals(change.get(key)))
                    .map(ObjectNode.class::cast)
                    .findFirst();
            old.ifPresentOrElse(entry -> into(entry, (ObjectNode) change), () -> entries.add(change.deepCopy()));
        }
    }
}
