package dev.flowguard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.field.Plural;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster as an API server keeps it: rendered objects by path, a version that grows, and the last changes for those who watch. */
final class CannedCluster {
    static final String PODS = "api/v1/pods";

    /** A watch that wants more than these is told to list anew. */
    private static final int EVENTS_KEPT = 20_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As a watch gets it. */
    private record Event(long version, String path, String text) {}

    /**
     * A part of a list.
     *
     * @param version at which the list began, so that a watch from there misses nothing
     * @param next the token of the part after it; empty on the last
     */
    record Page(Collection<byte[]> items, long version, String next) {}

    private final Padding padding = new Padding();
    private final Map<String, NavigableMap<String, byte[]>> shelves = new HashMap<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<String, List<Consumer<String>>> watches = new HashMap<>();
    private long version = 1000;

    CannedCluster(GeneratedCluster cluster) {
        List<ObjectNode> objects = new ArrayList<>(cluster.objects());
        objects.addAll(ServiceEndpoints.slices(cluster.objects()));
        objects.addAll(ProbedFlow.objects());
        objects.forEach(object -> shelf(path(object)).put(key(object), padding.padded(object, ++version)));
    }

    /** How many objects there are under each path. */
    synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        shelves.forEach((path, shelf) -> counts.put(path, shelf.size()));
        return counts;
    }

    /** How many bytes of JSON they are. */
    synchronized long bytes(String path) {
        return shelf(path).values().stream().mapToLong(json -> json.length).sum();
    }

    synchronized List<String> keys(String path) {
        return List.copyOf(shelf(path).keySet());
    }

    /**
     * Objects in the order of their keys.
     *
     * @param namespace empty for all
     * @param token of the page before; empty for the first
     */
    synchronized Page page(String path, String namespace, int limit, String token) {
        long began = token.isEmpty() ? version : Long.parseLong(token.substring(0, token.indexOf(':')));
        // The character after the slash ends the keys of a namespace.
        SortedMap<String, byte[]> rest =
                namespace.isEmpty() ? shelf(path) : shelf(path).subMap(namespace + "/", namespace + "0");
        if (!token.isEmpty()) {
            rest = rest.tailMap(token.substring(token.indexOf(':') + 1) + "\0");
        }
        List<byte[]> items = new ArrayList<>();
        String last = "";
        for (Map.Entry<String, byte[]> entry : rest.entrySet()) {
            if (items.size() == limit) {
                return new Page(items, began, began + ":" + last);
            }
            items.add(entry.getValue());
            last = entry.getKey();
        }
        return new Page(items, began, "");
    }

    /** The object of that key, or null where there is none. */
    synchronized @Nullable ObjectNode get(String path, String key) {
        byte @Nullable [] json = shelf(path).get(key);
        try {
            return json == null ? null : (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates or updates an object that needs no padding. */
    synchronized void put(ObjectNode object) {
        version++;
        object.withObject("/metadata").put("resourceVersion", Long.toString(version));
        put(path(object), key(object), object.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Creates or updates an object as it was generated. */
    synchronized void putPadded(ObjectNode object) {
        version++;
        put(path(object), key(object), padding.padded(object, version));
    }

    private void put(String path, String key, byte[] json) {
        boolean isNew = shelf(path).put(key, json) == null;
        tell(path, isNew ? "ADDED" : "MODIFIED", new String(json, StandardCharsets.UTF_8));
    }

    /** Does nothing where there is no such object. */
    synchronized void delete(String path, String key) {
        @Nullable ObjectNode object = get(path, key);
        if (object != null) {
            shelf(path).remove(key);
            version++;
            object.withObject("/metadata").put("resourceVersion", Long.toString(version));
            tell(path, "DELETED", object.toString());
        }
    }

    private void tell(String path, String type, String object) {
        Event event = new Event(version, path, "{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
        events.add(event);
        if (events.size() > EVENTS_KEPT) {
            events.remove();
        }
        watches.getOrDefault(path, List.of()).forEach(watch -> watch.accept(event.text()));
    }

    /** Hands over what has changed since, and from now on whatever changes; false where that is no longer known. */
    synchronized boolean watch(String path, long since, Consumer<String> watch) {
        @Nullable Event oldest = events.peek();
        if (events.size() == EVENTS_KEPT && oldest != null && since < oldest.version() - 1) {
            return false;
        }
        events.stream()
                .filter(event -> event.version() > since && event.path().equals(path))
                .forEach(event -> watch.accept(event.text()));
        watches.computeIfAbsent(path, each -> new ArrayList<>()).add(watch);
        return true;
    }

    synchronized void unwatch(String path, Consumer<String> watch) {
        watches.getOrDefault(path, new ArrayList<>()).remove(watch);
    }

    /** Tells all watches up to which version they know everything. */
    synchronized void bookmark() {
        String text = "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"" + version + "\"}}}\n";
        watches.values().forEach(some -> some.forEach(watch -> watch.accept(text)));
    }

    private NavigableMap<String, byte[]> shelf(String path) {
        return shelves.computeIfAbsent(path, each -> new TreeMap<>());
    }

    private static String path(ObjectNode object) {
        String apiVersion = object.get("apiVersion").asText();
        return (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion + "/"
                + Plural.of(object.get("kind").asText());
    }

    static String key(ObjectNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }
}
