package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.feed.live.api.Resource;
import dev.flowguard.feed.live.api.Resources;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The lists and watches of an API server on the loopback interface, with everything that can go wrong with them at a test's
 * command. Paths are those of {@link Resource#path()}.
 */
public final class FakeApiServer implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private record Event(long version, String type, ObjectNode object) {}

    private static final class Shelf {
        private final Map<String, ObjectNode> objects = new TreeMap<>();
        private final List<Event> events = new ArrayList<>();
        private final List<HttpServerResponse> watches = new ArrayList<>();
        private final List<Runnable> heldLists = new ArrayList<>();
        private int delivered;
        private boolean withheld;
        private boolean listsHeld;
        private int lists;
        private int watchesOpened;
        private long oldestKept;
        private int newWatches;
    }

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Set<String> hungUp = new HashSet<>();
    private final Map<String, ObjectNode> documents = new HashMap<>();
    private final Map<String, Function<JsonNode, JsonNode>> posts = new HashMap<>();
    private final Map<HttpServerResponse, Opened> opened = new HashMap<>();
    private final List<Runnable> unanswered = new ArrayList<>();
    private int unansweredWatches;
    private boolean isSilent;
    private LongSupplier clock = System::nanoTime;
    private HttpServer server;
    private int port;
    private long version = 100;
    private int pageSize = Integer.MAX_VALUE;

    public FakeApiServer() {
        serve("apis", "{groups: []}");
        server = listen(0);
        port = server.actualPort();
    }

    KubernetesClient client() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A kubeconfig whose contexts all lead here, the first of them being the current one. */
    public String kubeconfig(String... contexts) {
        StringBuilder text = new StringBuilder("""
            apiVersion: v1
            kind: Config
            clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: jane, user: {token: secret}}]
            current-context: %s
            contexts:
            """.formatted(port, contexts[0]));
        for (String context : contexts) {
            text.append("- {name: %s, context: {cluster: fake, user: jane}}%n".formatted(context));
        }
        return text.toString();
    }

    // What is in the cluster

    /** Creates or updates the object that the YAML describes. */
    public synchronized void apply(String yaml) {
        ObjectNode object = tree(yaml);
        Shelf shelf = shelf(Paths.of(object));
        object.with("metadata").put("resourceVersion", Long.toString(++version));
        boolean isNew = shelf.objects.put(key(object), object) == null;
        shelf.events.add(new Event(version, isNew ? "ADDED" : "MODIFIED", object));
        deliver(shelf);
    }

    synchronized void delete(String yaml) {
        ObjectNode named = tree(yaml);
        Shelf shelf = shelf(Paths.of(named));
        ObjectNode object = shelf.objects.remove(key(named)).deepCopy();
        object.with("metadata").put("resourceVersion", Long.toString(++version));
        shelf.events.add(new Event(version, "DELETED", object));
        deliver(shelf);
    }

    // What goes wrong

    /** Changes are made and lists show them, but watches do not get to hear of them. */
    synchronized void withholdEvents(Resource resource) {
        shelf(resource.path()).withheld = true;
    }

    synchronized void releaseEvents(Resource resource) {
        Shelf shelf = shelf(resource.path());
        shelf.withheld = false;
        deliver(shelf);
    }

    /** As {@link #releaseEvents}, but the watches that are open stay without a word, as on a connection that is dead. */
    synchronized void releaseToNewWatches(Resource resource) {
        Shelf shelf = shelf(resource.path());
        shelf.watches.clear();
        shelf.withheld = false;
        deliver(shelf);
    }

    /** Lists are answered and watches that are open go on, but new watches are answered with that code. */
    synchronized void refuseNewWatches(Resource resource, int code) {
        shelf(resource.path()).newWatches = code;
    }

    /** All requests for that kind are answered with that code. */
    synchronized void refuse(Resource resource, int code) {
        refusals.put(resource.path(), code);
    }

    /** All requests for what kubectl calls so are answered with that code. */
    public synchronized void refuse(String name, int code) {
        refuse(
                Resources.ALWAYS.stream()
                        .filter(resource -> resource.name().equals(name))
                        .findFirst()
                        .orElseThrow(),
                code);
    }

    /** The connections of all requests for that kind are cut without an answer, or no longer. */
    synchronized void hangUp(Resource resource, boolean hangsUp) {
        if (hangsUp) {
            hungUp.add(resource.path());
        } else {
            hungUp.remove(resource.path());
        }
    }

    synchronized void accept(Resource resource) {
        refusals.remove(resource.path());
    }

    /** Lists are not answered until they are released. */
    synchronized void holdLists(Resource resource) {
        shelf(resource.path()).listsHeld = true;
    }

    synchronized void releaseLists(Resource resource) {
        Shelf shelf = shelf(resource.path());
        shelf.listsHeld = false;
        shelf.heldLists.forEach(Runnable::run);
        shelf.heldLists.clear();
    }

    /** Pages are at most that long, whatever is asked for. */
    synchronized void limitPages(int size) {
        pageSize = size;
    }

    /** The events up to now are kept no longer: a watch that starts before them is told 410 Gone. */
    synchronized void compact() {
        shelves.values().forEach(shelf -> shelf.oldestKept = version);
    }

    /** Cuts the connections of all watches. */
    synchronized void cutWatches() {
        shelves.values().forEach(shelf -> {
            List.copyOf(shelf.watches).forEach(HttpServerResponse::reset);
            shelf.watches.clear();
        });
    }

    synchronized void sendError(Resource resource, int code) {
        ObjectNode status = status(code, "the watch failed");
        shelf(resource.path()).watches.forEach(watch -> send(watch, "ERROR", status));
    }

    synchronized void sendBookmark(Resource resource) {
        ObjectNode bookmark = JSON.objectNode();
        bookmark.putObject("metadata").put("resourceVersion", Long.toString(version));
        shelf(resource.path()).watches.forEach(watch -> send(watch, "BOOKMARK", bookmark));
    }

    /** Says when a watch is sent a bookmark. */
    interface BookmarkHabit {
        /**
         * @param watched the path of its kind
         * @param soFar bookmarks that the watch has been sent
         * @param open since when the watch has been
         */
        boolean isDue(String watched, int soFar, Duration open);
    }

    private record Opened(String path, long at, AtomicInteger bookmarks) {}

    /** By which it is told since when a watch has been open. */
    synchronized void tellTimeBy(LongSupplier nanos) {
        clock = nanos;
    }

    /** Sends the bookmarks that are due now. */
    synchronized void sendBookmarks(BookmarkHabit habit) {
        ObjectNode bookmark = JSON.objectNode();
        bookmark.putObject("metadata").put("resourceVersion", Long.toString(version));
        opened.forEach((watch, since) -> {
            Duration open = Duration.ofNanos(clock.getAsLong() - since.at());
            if (habit.isDue(since.path(), since.bookmarks().get(), open)) {
                since.bookmarks().incrementAndGet();
                send(watch, "BOOKMARK", bookmark);
            }
        });
    }

    /** New requests are not answered any more, and nothing comes in on the connections that there are: as if a cable had been cut. */
    synchronized void fallSilent(boolean silent) {
        isSilent = silent;
        if (!silent) {
            unanswered.forEach(Runnable::run);
            unanswered.clear();
            shelves.values().forEach(this::deliver);
        }
    }

    /** Watches that have been asked for since it fell silent. */
    synchronized int unansweredWatches() {
        return unansweredWatches;
    }

    /** Goes away with all its connections. */
    public void stop() {
        await(server.close());
    }

    /** Comes back at the same address. */
    public void restart() {
        server = listen(port);
    }

    // What was asked

    synchronized int lists(Resource resource) {
        return shelf(resource.path()).lists;
    }

    synchronized int watches(Resource resource) {
        return shelf(resource.path()).watchesOpened;
    }

    // Discovery and anything else

    public synchronized void serve(String path, String yaml) {
        documents.put(path, tree(yaml));
    }

    public synchronized void onPost(String path, Function<JsonNode, JsonNode> answer) {
        posts.put(path, answer);
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    // How it works

    private HttpServer listen(int wanted) {
        // Real API servers speak HTTP/2 only over TLS, where it needs no upgrade in the midst of a connection.
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        return await(vertx.createHttpServer(options)
                .requestHandler(this::answer)
                // That the other side ends a watch by hanging up is no news.
                .connectionHandler(connection -> connection.exceptionHandler(cut -> {}))
                .listen(wanted, "127.0.0.1"));
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void answer(HttpServerRequest request) {
        if (isSilent) {
            unanswered.add(() -> answer(request));
            unansweredWatches += request.params().contains("watch") ? 1 : 0;
            return;
        }
        String path = request.path().substring(1);
        if (request.method().name().equals("POST")) {
            request.body().onSuccess(body -> post(request, path, body.toString()));
            return;
        }
        if (documents.containsKey(path)) {
            end(request.response(), documents.get(path));
            return;
        }
        String kindPath = path.replaceFirst("/namespaces/[^/]+/", "/");
        if (hungUp.contains(kindPath)) {
            request.connection().close();
        } else if (refusals.containsKey(kindPath)) {
            refuse(request, refusals.get(kindPath));
        } else if (!shelves.containsKey(kindPath) && !Paths.isServed(kindPath)) {
            refuse(request, 404);
        } else if ("true".equals(request.getParam("watch"))) {
            watch(request, shelf(kindPath));
        } else {
            list(request, shelf(kindPath), namespace(path));
        }
    }

    private synchronized void post(HttpServerRequest request, String path, String body) {
        if (refusals.containsKey(path)) {
            refuse(request, refusals.get(path));
            return;
        }
        Function<JsonNode, JsonNode> answer = posts.get(path);
        if (answer == null) {
            refuse(request, 404);
            return;
        }
        end(request.response().setStatusCode(201), answer.apply(Serialization.unmarshal(body, JsonNode.class)));
    }

    private void list(HttpServerRequest request, Shelf shelf, String namespace) {
        shelf.lists++;
        Runnable answer = () -> end(request.response(), page(request, shelf, namespace));
        if (shelf.listsHeld) {
            shelf.heldLists.add(answer);
        } else {
            answer.run();
        }
    }

    private synchronized ObjectNode page(HttpServerRequest request, Shelf shelf, String namespace) {
        String token = request.getParam("continue", "0");
        int from = Integer.parseInt(token);
        List<ObjectNode> matching = shelf.objects.values().stream()
                .filter(object -> namespace.isEmpty()
                        || namespace.equals(object.at("/metadata/namespace").asText()))
                .filter(object -> isSelected(request, object))
                .toList();
        int to = (int) Math.min(matching.size(), (long) from + pageSize);
        ObjectNode list = JSON.objectNode();
        ObjectNode metadata = list.put("kind", "List").put("apiVersion", "v1").putObject("metadata");
        metadata.put("resourceVersion", Long.toString(version));
        if (to < matching.size()) {
            metadata.put("continue", Integer.toString(to));
        }
        ArrayNode items = list.putArray("items");
        matching.subList(from, to).forEach(object -> {
            ObjectNode item = object.deepCopy();
            item.remove(List.of("kind", "apiVersion"));
            items.add(item);
        });
        return list;
    }

    /** By name, and by labels that must be equal; other field selectors are for those who know the objects. */
    private static boolean isSelected(HttpServerRequest request, ObjectNode object) {
        String fields = request.getParam("fieldSelector", "");
        String name = object.at("/metadata/name").asText();
        String labels = request.getParam("labelSelector", "");
        return (!fields.startsWith("metadata.name=") || fields.equals("metadata.name=" + name))
                && Stream.of(labels.split(",", -1))
                        .filter(label -> !label.isEmpty())
                        .map(label -> label.split("=", 2))
                        .allMatch(label -> object.path("metadata")
                                .path("labels")
                                .path(label[0])
                                .asText()
                                .equals(label[1]));
    }

    private void watch(HttpServerRequest request, Shelf shelf) {
        long from = Long.parseLong(request.getParam("resourceVersion"));
        HttpServerResponse watch = request.response();
        if (shelf.newWatches != 0) {
            refuse(request, shelf.newWatches);
            return;
        }
        shelf.watchesOpened++;
        // The head goes out at once, as it says that the watch has begun.
        watch.setChunked(true).putHeader("Content-Type", "application/json").write(Buffer.buffer());
        if (from < shelf.oldestKept) {
            send(watch, "ERROR", status(410, "too old resource version: " + from));
            watch.end();
            return;
        }
        int upTo = shelf.withheld ? shelf.delivered : shelf.events.size();
        shelf.events.subList(0, upTo).stream()
                .filter(event -> event.version() > from)
                .forEach(event -> send(watch, event.type(), event.object()));
        shelf.watches.add(watch);
        opened.put(watch, new Opened(request.path().substring(1), clock.getAsLong(), new AtomicInteger()));
        watch.closeHandler(closed -> forget(watch, shelf));
    }

    private synchronized void forget(HttpServerResponse watch, Shelf shelf) {
        shelf.watches.remove(watch);
        opened.remove(watch);
    }

    private void deliver(Shelf shelf) {
        if (shelf.withheld || isSilent) {
            return;
        }
        for (Event event : shelf.events.subList(shelf.delivered, shelf.events.size())) {
            shelf.watches.forEach(watch -> send(watch, event.type(), event.object()));
        }
        shelf.delivered = shelf.events.size();
    }

    private static void send(HttpServerResponse watch, String type, ObjectNode object) {
        ObjectNode event = JSON.objectNode().put("type", type);
        event.set("object", object);
        watch.write(event + "\n");
    }

    private static void refuse(HttpServerRequest request, int code) {
        end(request.response().setStatusCode(code), status(code, "refused by the test"));
    }

    private static void end(HttpServerResponse response, JsonNode body) {
        response.putHeader("Content-Type", "application/json").end(body.toString());
    }

    private static ObjectNode status(int code, String message) {
        return JSON.objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("code", code)
                .put("message", message);
    }

    private Shelf shelf(String path) {
        return shelves.computeIfAbsent(path, each -> new Shelf());
    }

    private static String namespace(String path) {
        int at = path.indexOf("/namespaces/");
        return at < 0 ? "" : path.substring(at + "/namespaces/".length(), path.lastIndexOf('/'));
    }

    static ObjectNode tree(String yaml) {
        // What begins with a brace would be read as JSON.
        return Serialization.unmarshal("---\n" + yaml, ObjectNode.class);
    }

    private static String key(ObjectNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    /** Which path is for objects of which kind. */
    private static final class Paths {
        static String of(ObjectNode object) {
            return Resources.ALWAYS.stream()
                    .filter(resource ->
                            resource.kind().equals(object.path("kind").asText())
                                    && resource.apiVersion()
                                            .equals(object.path("apiVersion").asText()))
                    .map(Resource::path)
                    .findFirst()
                    .orElseGet(() -> (object.path("apiVersion").asText().contains("/") ? "apis/" : "api/")
                            + object.path("apiVersion").asText() + "/"
                            + object.path("kind").asText().toLowerCase().replaceFirst("y$", "ie") + "s");
        }

        static boolean isServed(String path) {
            return Resources.ALWAYS.stream()
                    .anyMatch(resource -> resource.path().equals(path));
        }
    }
}
