package dev.flowguard.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML as trees. */
public final class Yaml {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Yaml() {}

    public static List<ObjectNode> documents(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The documents of a text that are not empty. */
    static List<ObjectNode> documents(String text) {
        List<ObjectNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            if (JSON.valueToTree(document) instanceof ObjectNode object) {
                documents.add(object);
            }
        }
        return documents;
    }

    /** The only document of a text. */
    public static ObjectNode document(String text) {
        List<ObjectNode> documents = documents(text);
        if (documents.size() != 1) {
            throw new IllegalArgumentException("not one document: " + text);
        }
        return documents.get(0);
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    static Map<String, String> textsByKey(JsonNode map) {
        return JSON.convertValue(map, new TypeReference<>() {});
    }

    /** As maps, lists, texts, booleans, and {@code long} for numbers. */
    static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(each -> list.add(plain(each)));
            return list;
        }
        return node.isNumber() ? node.longValue() : node.isBoolean() ? node.booleanValue() : node.asText();
    }
}
