package dev.flowguard.feed.live.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.FieldTree;
import java.io.IOException;

/**
 * A page of a list.
 *
 * @param resourceVersion at which the list is true
 * @param next the token of the page after it; empty on the last
 */
public record ListPage(String resourceVersion, String next) {
    /** Takes in objects one by one, so that a page is never in memory as a whole tree. */
    @FunctionalInterface
    public interface Items {
        void item(ObjectNode object) throws ApiProblem;
    }

    /** Hands over each item as soon as it has been read, with the kind that the items of a list leave out. */
    static ListPage read(byte[] body, Resource resource, Items items) throws IOException, ApiProblem {
        ListPage page = new ListPage("", "");
        try (JsonParser parser = ObjectTree.JSON.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "a list of " + resource);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata")) {
                    JsonNode metadata = parser.readValueAsTree();
                    page = new ListPage(
                            metadata.path("resourceVersion").asText(),
                            metadata.path("continue").asText());
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    read(parser, resource, items);
                } else {
                    parser.skipChildren();
                }
            }
            expect(parser.currentToken(), JsonToken.END_OBJECT, "the end of the list");
        }
        return page;
    }

    private static void read(JsonParser parser, Resource resource, Items items) throws IOException, ApiProblem {
        FieldTree fields = FieldTree.of(resource.apiVersion(), resource.kind());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "an object of kind " + resource.kind());
            ObjectNode item = ObjectTree.read(parser, fields);
            item.put("apiVersion", resource.apiVersion());
            item.put("kind", resource.kind());
            items.item(item);
        }
    }

    private static void expect(JsonToken found, JsonToken expected, String what) throws IOException {
        if (found != expected) {
            throw new IOException("expected " + what + ", found " + found);
        }
    }
}
