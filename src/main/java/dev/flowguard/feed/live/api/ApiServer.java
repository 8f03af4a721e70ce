package dev.flowguard.feed.live.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches, as the API server does it on the wire. The connection, its TLS and its credentials are those of the Kubernetes
 * client. Its informers are not used: they tell neither whether a watch is alive (bookmarks stay inside) nor when the objects of the
 * first list have been handed over, and a watch that cannot be opened is reported as started.
 */
public final class ApiServer {
    /** Objects on a page of a list: 500 is what kubectl asks for. */
    private static final String PAGE = "500";

    /** What must be read at one moment is not read page by page; this many are a few megabytes at most. */
    private static final String PAGE_AT_ONCE = "2000";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI root;
    private final Duration patience;

    /** @param patience how long the API server may be silent within a request; not within a watch */
    public ApiServer(KubernetesClient client, Duration patience) {
        // Who asks decides about asking again, and knows since when there has been no answer.
        this.http = client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
        this.root = URI.create(client.getMasterUrl().toString());
        this.patience = patience;
    }

    /**
     * All objects of a kind, page by page.
     *
     * @param afterPage is told when a page has been taken in
     * @return the version at which the list is true
     */
    public String listAll(Resource resource, ListPage.Items items, Runnable afterPage)
            throws ApiProblem, InterruptedException {
        ListPage page = new ListPage("", "");
        do {
            page = list(resource, page.next(), items);
            afterPage.run();
        } while (!page.next().isEmpty());
        return page.resourceVersion();
    }

    /**
     * One page of all objects of a kind.
     *
     * @param token of the page before; empty for the first page
     */
    private ListPage list(Resource resource, String token, ListPage.Items items)
            throws ApiProblem, InterruptedException {
        URI uri = uri(resource.path(), resource, Map.of("limit", PAGE, "continue", token));
        return page(sendTwice(get(uri), patience), resource, items);
    }

    /** Asks for a list as it is now, not as a cache of the API server remembers it, and does not wait for it. */
    public PendingAnswer begin(Rereading reading) {
        URI uri = uri(
                reading.path(),
                reading.resource(),
                Map.of("limit", PAGE_AT_ONCE, "labelSelector", reading.labelSelector()));
        return new PendingAnswer(() ->
                http.sendAsync(get(uri).setHeader("Accept", "application/json").build(), byte[].class));
    }

    public ListPage page(byte[] body, Resource resource, ListPage.Items items) throws ApiProblem {
        try {
            return ListPage.read(body, resource, items);
        } catch (IOException e) {
            throw ApiProblem.noAnswer("the list of " + resource + " is not understood: " + reason(e));
        }
    }

    /** Any document, such as those that say what is served. */
    JsonNode document(String path) throws ApiProblem, InterruptedException {
        return read(send(get(root.resolve(path)), patience));
    }

    /** Sends an object that is a question, and returns it with the answer. */
    public JsonNode ask(String path, JsonNode question, Duration atMost) throws ApiProblem, InterruptedException {
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(root.resolve(path))
                .method("POST", "application/json", question.toString());
        return read(sendTwice(request, atMost));
    }

    private static JsonNode read(byte[] answer) throws ApiProblem {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw ApiProblem.noAnswer("the answer is not JSON: " + reason(e));
        }
    }

    /**
     * Opens a watch; when this returns, the API server has accepted it.
     *
     * @param version the events after which are wanted
     * @param atMost after which the API server ends it
     */
    public WatchStream watch(Resource resource, String version, Duration atMost)
            throws ApiProblem, InterruptedException {
        return watch(resource, version, atMost, () -> {});
    }

    /** @param bell rings whenever something has come in */
    public WatchStream watch(Resource resource, String version, Duration atMost, Runnable bell)
            throws ApiProblem, InterruptedException {
        return twice(patience, left -> open(resource, version, atMost, bell).await(left));
    }

    /**
     * Asks for a watch and does not wait for it.
     *
     * @param bell rings when there is an answer, and whenever something has come in
     */
    public OpeningWatch open(Resource resource, String version, Duration atMost, Runnable bell) {
        URI uri = uri(
                resource.path(),
                resource,
                Map.of(
                        "watch",
                        "true",
                        "allowWatchBookmarks",
                        "true",
                        "resourceVersion",
                        version,
                        "timeoutSeconds",
                        Long.toString(atMost.toSeconds())));
        // Not by WebSocket: the client sets its listener up after the handshake, and what comes in between is lost
        // without a word.
        HttpRequest request = get(uri).setHeader("Accept", "application/json").build();
        WatchStream stream = new WatchStream(bell);
        return new OpeningWatch(stream, http.consumeBytes(request, stream), bell);
    }

    private HttpRequest.Builder get(URI uri) {
        return http.newHttpRequestBuilder().uri(uri);
    }

    private byte[] sendTwice(HttpRequest.Builder request, Duration atMost) throws ApiProblem, InterruptedException {
        return twice(atMost, left -> send(request, left));
    }

    /** A connection that was idle may be closed just when it is used again; that is no answer, and the next one is new. */
    static <T> T twice(Duration atMost, Attempt<T> attempt) throws ApiProblem, InterruptedException {
        long start = System.nanoTime();
        try {
            return attempt.within(atMost);
        } catch (ApiProblem problem) {
            Duration left = atMost.minusNanos(System.nanoTime() - start);
            if (problem.isAnswer() || left.toMillis() <= 0) {
                throw problem;
            }
            return attempt.within(left);
        }
    }

    @FunctionalInterface
    interface Attempt<T> {
        T within(Duration atMost) throws ApiProblem, InterruptedException;
    }

    private byte[] send(HttpRequest.Builder request, Duration atMost) throws ApiProblem, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> asking = http.sendAsync(
                request.setHeader("Accept", "application/json")
                        .timeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                        .build(),
                byte[].class);
        try {
            HttpResponse<byte[]> response = await(asking, atMost);
            if (!response.isSuccessful()) {
                throw ApiProblem.answered(response.code(), message(response.body()));
            }
            return response.body();
        } catch (ApiProblem | InterruptedException e) {
            asking.cancel(true);
            throw e;
        }
    }

    static <T> T await(CompletableFuture<T> answer, Duration atMost) throws ApiProblem, InterruptedException {
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ApiProblem.noAnswer("no answer within " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            @Nullable Throwable cause = e.getCause();
            throw ApiProblem.noAnswer(reason(cause == null ? e : cause));
        }
    }

    /** The sentence of the Status object that errors carry; empty if there is none. */
    static String message(byte[] answer) {
        try {
            return JSON.readTree(answer).path("message").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private URI uri(String path, Resource resource, Map<String, String> query) {
        StringJoiner parameters = new StringJoiner("&");
        query.forEach((name, value) -> parameter(parameters, name, value));
        parameter(parameters, "fieldSelector", resource.fieldSelector());
        return root.resolve(parameters.length() == 0 ? path : path + "?" + parameters);
    }

    private static void parameter(StringJoiner parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    public static String reason(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .filter(message -> !message.isBlank())
                .orElseGet(() -> failure.getClass().getSimpleName());
    }
}
