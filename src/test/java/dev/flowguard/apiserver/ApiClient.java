package dev.flowguard.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.kubernetes.field.Plural;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Sends what kubectl sends, and shows what kubectl would show: the answer and its warnings. */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WARNING = Pattern.compile("299 - \"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * @param body empty object where the answer is not JSON
     * @param warnings in their order, without the header's clothes
     */
    record Answer(int code, JsonNode body, List<String> warnings) {
        boolean isSuccess() {
            return code / 100 == 2;
        }

        String message() {
            return body.path("message").asText();
        }
    }

    /** Somebody the administrator acts for. */
    private record User(String name, List<String> groups) {}

    private final String server;
    private final String token;
    private final Optional<User> user;
    private final HttpClient http;

    private ApiClient(String server, String token, Optional<User> user, HttpClient http) {
        this.server = server;
        this.token = token;
        this.user = user;
        this.http = http;
    }

    /** Whoever has the token. */
    static ApiClient of(String server, String token, SSLContext trust) {
        return new ApiClient(
                server,
                token,
                Optional.empty(),
                HttpClient.newBuilder().sslContext(trust).build());
    }

    /** The same for somebody else. */
    ApiClient as(String name, String... groups) {
        return new ApiClient(server, token, Optional.of(new User(name, List.of(groups))), http);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    /** As {@code kubectl create} does. */
    Answer create(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** As {@code kubectl apply --server-side} does. */
    Answer apply(JsonNode object, String... parameters) throws IOException, InterruptedException {
        String query =
                "?fieldManager=kubectl&force=true" + (parameters.length == 0 ? "" : "&" + String.join("&", parameters));
        return send(request(path(object) + query)
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", BodyPublishers.ofString(object.toString())));
    }

    /** As {@code kubectl apply} does: what was applied last goes with the object, in an annotation. */
    Answer applyClientSide(JsonNode object) throws IOException, InterruptedException {
        ObjectNode sent = object.deepCopy();
        sent.withObject("/metadata/annotations")
                .put("kubectl.kubernetes.io/last-applied-configuration", object.toString());
        Answer there = get(path(object));
        return there.code() == 404
                ? create(collection(object) + "?fieldManager=kubectl-client-side-apply", sent.toString())
                : patch(path(object) + "?fieldManager=kubectl-client-side-apply", "merge", sent.toString());
    }

    /** As {@code kubectl patch --type=TYPE} does; the types are {@code json} and {@code merge}. */
    Answer patch(String path, String type, String patch) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/" + type + "-patch+json")
                .method("PATCH", BodyPublishers.ofString(patch)));
    }

    /** Where the API server has the object, as far as the tests use its kinds. */
    static String path(JsonNode object) {
        return collection(object) + "/" + object.at("/metadata/name").asText();
    }

    static String collection(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String plural = Plural.of(object.path("kind").asText());
        String namespace = object.at("/metadata/namespace").asText();
        return (apiVersion.contains("/") ? "/apis/" : "/api/")
                + apiVersion
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/" + plural;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path)).header("Authorization", "Bearer " + token);
        user.ifPresent(somebody -> {
            request.header("Impersonate-User", somebody.name());
            somebody.groups().forEach(group -> request.header("Impersonate-Group", group));
        });
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean isJson = response.body().startsWith("{");
        List<String> warnings = response.headers().allValues("Warning").stream()
                .flatMap(header -> WARNING.matcher(header).results())
                .map(ApiClient::text)
                .toList();
        return new Answer(
                response.statusCode(), isJson ? JSON.readTree(response.body()) : MissingNode.getInstance(), warnings);
    }

    private static String text(MatchResult warning) {
        return warning.group(1).replaceAll("\\\\(.)", "$1");
    }
}
