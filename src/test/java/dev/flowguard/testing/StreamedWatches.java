package dev.flowguard.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the mock API server of the Kubernetes client, which speaks of changes only over WebSockets, and passes them on line by
 * line, as real API servers do. All else goes through as it is.
 */
public final class StreamedWatches implements QuarkusTestResourceLifecycleManager {
    /** Where the mock API server, which has been started before, says that it is. */
    private static final String MOCK = "kubernetes.master";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final WebSocketClient webSockets = vertx.createWebSocketClient();

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.kubernetes-client.api-server-url",
                before(URI.create(System.getProperty(MOCK))).toString());
    }

    /** Where it can be reached once it stands before that mock API server. */
    public URI before(URI mock) {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    if ("true".equals(request.getParam("watch"))) {
                        watch(request, mock);
                    } else {
                        pass(request, mock);
                    }
                })
                // That the other side ends a watch by hanging up is no news.
                .connectionHandler(connection -> connection.exceptionHandler(cut -> {}))
                .listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void stop() {
        await(vertx.close());
    }

    private void watch(HttpServerRequest request, URI mock) {
        HttpServerResponse response = request.response().setChunked(true);
        var socket = webSockets
                .webSocket()
                .textMessageHandler(event -> response.write(event + "\n"))
                .closeHandler(closed -> response.end());
        response.closeHandler(closed -> socket.close());
        socket.connect(new WebSocketConnectOptions()
                        .setHost(mock.getHost())
                        .setPort(mock.getPort())
                        .setURI(request.uri()))
                .onSuccess(opened -> response.write(Buffer.buffer()))
                .onFailure(failure -> response.setStatusCode(500).end());
    }

    private void pass(HttpServerRequest request, URI mock) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(mock.getHost())
                .setPort(mock.getPort())
                .setURI(request.uri());
        request.headers().remove("Host");
        options.setHeaders(request.headers());
        request.body()
                .compose(body -> http.request(options).compose(passed -> passed.send(body)))
                .compose(answer -> answer.body().compose(body -> answer(request.response(), answer, body)))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    private static Future<Void> answer(HttpServerResponse response, HttpClientResponse answer, Buffer body) {
        response.headers().addAll(answer.headers());
        return response.setStatusCode(answer.statusCode()).end(body);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
