package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a scalar means: a quoted one is a string, one with a tag is what that says, any other what {@link PlainScalar} says. */
final class YamlScalar {
    /** Marks scalars without quotes and tag. */
    static final Tag PLAIN = new Tag("tag:flowguard.dev,2026:plain");

    private static final Set<Tag> READ_AS_PLAIN = Set.of(PLAIN, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private YamlScalar() {}

    static boolean isEndlessNumber(ScalarNode scalar) {
        return READ_AS_PLAIN.contains(scalar.getTag()) && PlainScalar.isEndlessNumber(scalar.getValue());
    }

    static JsonNode read(ScalarNode scalar) {
        return READ_AS_PLAIN.contains(scalar.getTag())
                ? PlainScalar.read(scalar.getValue())
                : TextNode.valueOf(scalar.getValue());
    }
}
