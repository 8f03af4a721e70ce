package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What the keys of a mapping mean to kubectl: JSON has only strings, so {@code on: x} has the key {@code true}. */
final class YamlKeys {
    private static final String MERGE = "<<";

    private YamlKeys() {}

    /** The key as a string; empty for null, lists and mappings, which cannot be one. */
    static Optional<String> text(Node key) {
        return key instanceof ScalarNode scalar
                ? Optional.of(YamlScalar.read(scalar))
                        .filter(value -> !value.isNull())
                        .map(JsonNode::asText)
                : Optional.empty();
    }

    /** Whether the value's entries belong to the mapping itself. */
    static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getTag().equals(YamlScalar.PLAIN)
                && scalar.getValue().equals(MERGE);
    }
}
