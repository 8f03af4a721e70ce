package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.field.FieldPath;
import java.util.Optional;
import java.util.regex.Pattern;

/** Signs that a text is yet to be filled in, by Helm, Jinja, envsubst and their like. */
final class Templating {
    /** An action outside of quotes: it stands alone, or is a key or a value. In comments and block scalars it does no harm. */
    private static final Pattern ACTION =
            Pattern.compile("(?m)^[^#\"'\\n]*(\\{\\{|\\{%|<%|\\(\\(|[:-]\\s+(@\\w+@|\\{[A-Z_]+}))");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|\\{%|\\$\\{|\\$\\(|<%|\\(\\(|<[\\w-]+>|@\\w+@");

    private Templating() {}

    /** Whether a text that does not parse may be a template. */
    static boolean in(String text) {
        return ACTION.matcher(text).find();
    }

    /** Whether the value there, or one below it, is a place to fill in. */
    static boolean at(ObjectNode object, FieldPath path) {
        JsonNode node = object;
        for (FieldPath.Step step : path.steps()) {
            JsonNode in = node;
            node = step.match(in::path, in::path);
        }
        return Optional.of(node)
                .filter(found -> !found.isMissingNode())
                .map(JsonNode::toString)
                .filter(text -> PLACEHOLDER.matcher(text).find())
                .isPresent();
    }
}
