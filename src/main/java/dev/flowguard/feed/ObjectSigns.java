package dev.flowguard.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.ObjectReader;
import java.util.regex.Pattern;

/**
 * Whether something is meant as a Kubernetes object, right or wrong. Values of charts have a {@code kind}, charts an {@code
 * apiVersion}, and configurations of tools may have both; but nobody writes {@code metadata} with a name for anything else.
 */
final class ObjectSigns {
    private static final Pattern AT_LINE_BEGIN = Pattern.compile("(?m)^(apiVersion|kind)[ \\t]*:");
    private static final Pattern IN_JSON = Pattern.compile("\"(apiVersion|kind)\"\\s*:\\s*\"");

    private ObjectSigns() {}

    static boolean in(JsonNode tree) {
        if (!(tree instanceof ObjectNode object)) {
            return false;
        }
        boolean apiVersion = isText(object, "apiVersion");
        boolean kind = isText(object, "kind");
        boolean spec = object.path("spec").isObject();
        if (apiVersion && kind) {
            return true;
        }
        boolean named = object.path("metadata").path("name").isTextual()
                || object.path("metadata").path("generateName").isTextual();
        return apiVersion || kind
                ? object.path("metadata").isObject()
                        || spec && ObjectReader.readsKind(object.path("kind").asText())
                : named && spec;
    }

    /** In text that cannot be parsed. */
    static boolean in(String text) {
        return AT_LINE_BEGIN.matcher(text).find()
                || text.stripLeading().startsWith("{") && IN_JSON.matcher(text).find();
    }

    private static boolean isText(ObjectNode object, String field) {
        return object.path(field).isTextual();
    }
}
