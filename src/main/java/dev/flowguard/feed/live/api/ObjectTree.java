package dev.flowguard.feed.live.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.FieldTree;
import java.io.IOException;
import java.util.Optional;

/** Parses objects, and only those of their fields that are looked at: the others are skipped without making anything of them. */
public final class ObjectTree {
    /** Names of fields are not interned: those in what managers own are different in every object. */
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());

    /** For one object at a time, where a table of names costs more than it saves: each parser would copy it, to add names of its own. */
    private static final JsonFactory WITHOUT_TABLE_OF_NAMES = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private ObjectTree() {}

    /** The object that begins at the parser's token; afterwards the parser is at its end. */
    static ObjectNode read(JsonParser parser, FieldTree fields) throws IOException {
        ObjectNode object = JSON.createObjectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<FieldTree> field = fields.field(name);
            parser.nextToken();
            if (field.isPresent()) {
                object.set(name, value(parser, field.get()));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    private static JsonNode value(JsonParser parser, FieldTree fields) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return read(parser, fields);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            ArrayNode array = JSON.createArrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser, fields));
            }
            return array;
        }
        return JSON.readTree(parser);
    }

    /** An event of a watch: a type, and an object. */
    public static JsonNode event(byte[] line, Resource resource) throws IOException {
        FieldTree fields = FieldTree.of(resource.apiVersion(), resource.kind());
        try (JsonParser parser = WITHOUT_TABLE_OF_NAMES.createParser(line)) {
            ObjectNode event = JSON.createObjectNode();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected an event");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                event.set(name, value(parser, name.equals("object") ? fields : FieldTree.EVERYTHING));
            }
            return event;
        }
    }
}
