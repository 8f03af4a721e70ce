package dev.flowguard.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A generated cluster as an API server on the loopback interface: pages of lists, watches as streams of lines, and leave to
 * do anything. What it sends lies ready as bytes, so that whoever asks is measured and not the answer. Requests below {@code /bench} make
 * things happen.
 */
public final class CannedApiServer implements AutoCloseable {
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    private final Vertx vertx = Vertx.vertx();
    private final CannedCluster cluster;
    private final PodStorm storm;
    private final HttpServer server;
    private volatile long firstAsked;

    /** @param port 0 for any that is free */
    public CannedApiServer(CannedCluster cluster, long seed, int port) {
        this.cluster = cluster;
        this.storm = new PodStorm(cluster, seed);
        // Real API servers speak HTTP/2 only over TLS.
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        try {
            server = vertx.createHttpServer(options)
                    .requestHandler(this::answer)
                    .listen(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        vertx.setPeriodic(MINUTE, timer -> cluster.bookmark());
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** @param rate events per second; 0 ends it */
    void storm(int rate) {
        storm.blow(rate);
    }

    @Override
    public void close() {
        storm.blow(0);
        vertx.close();
    }

    private void answer(HttpServerRequest request) {
        String path = request.path().substring(1);
        if (path.startsWith("bench")) {
            bench(request, path);
        } else if (path.equals("apis")) {
            end(request.response(), "{\"kind\":\"APIGroupList\",\"groups\":[]}");
        } else if (request.method().name().equals("POST")) {
            request.body().onSuccess(body -> end(request.response().setStatusCode(201), allowed()));
        } else {
            String kindPath = path.replaceFirst("/namespaces/[^/]+/", "/");
            String namespace = kindPath.equals(path) ? "" : path.replaceFirst(".*/namespaces/([^/]+)/.*", "$1");
            if ("true".equals(request.getParam("watch"))) {
                watch(request, kindPath);
            } else {
                list(request, kindPath, namespace);
            }
        }
    }

    /** To every question about permissions. */
    private static String allowed() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.putObject("status").put("allowed", true);
        return review.toString();
    }

    private void list(HttpServerRequest request, String path, String namespace) {
        if (firstAsked == 0) {
            firstAsked = System.nanoTime();
        }
        int limit = Integer.parseInt(request.getParam("limit", "" + Integer.MAX_VALUE));
        CannedCluster.Page page = cluster.page(path, namespace, limit, request.getParam("continue", ""));
        int size = page.items().stream().mapToInt(item -> item.length + 1).sum();
        Buffer body = Buffer.buffer(size + 200);
        body.appendString("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
                + page.version() + "\",\"continue\":\"" + page.next() + "\"},\"items\":[");
        boolean isFirst = true;
        for (byte[] item : page.items()) {
            if (!isFirst) {
                body.appendByte((byte) ',');
            }
            isFirst = false;
            body.appendBytes(item);
        }
        request.response().putHeader("Content-Type", "application/json").end(body.appendString("]}"));
    }

    private void watch(HttpServerRequest request, String path) {
        long since = Long.parseLong(request.getParam("resourceVersion", "0"));
        long atMost = TimeUnit.SECONDS.toMillis(Long.parseLong(request.getParam("timeoutSeconds", "1800")));
        HttpServerResponse response = request.response().setChunked(true).putHeader("Content-Type", "application/json");
        Consumer<String> watch = text -> response.write(text);
        response.closeHandler(closed -> cluster.unwatch(path, watch));
        // What is accepted must be known before anything happens.
        response.writeHead();
        if (cluster.watch(path, since, watch)) {
            vertx.setTimer(atMost, timer -> {
                cluster.unwatch(path, watch);
                response.end();
            });
        } else {
            response.end(
                    "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}\n");
        }
    }

    private void bench(HttpServerRequest request, String path) {
        switch (request.method() + " " + path) {
            case "GET bench" ->
                end(
                        request.response(),
                        "{\"nanosSinceFirstList\":" + (firstAsked == 0 ? 0 : System.nanoTime() - firstAsked)
                                + ",\"stormEvents\":" + storm.events() + "}");
            case "POST bench/storm" -> {
                storm(Integer.parseInt(request.getParam("rate", "0")));
                end(request.response(), "{}");
            }
            case "POST bench/probe" -> {
                cluster.putPadded(ProbedFlow.server());
                end(request.response(), "{}");
            }
            case "DELETE bench/probe" -> {
                cluster.delete(CannedCluster.PODS, CannedCluster.key(ProbedFlow.server()));
                end(request.response(), "{}");
            }
            default -> end(request.response().setStatusCode(404), "{}");
        }
    }

    private static void end(HttpServerResponse response, String json) {
        response.putHeader("Content-Type", "application/json").end(json);
    }

    /** {@code shape=small seed=1 port=0 storm=0 seconds=600}: says what it serves and where, and ends by itself. */
    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.of(args, "shape", "seed", "port", "storm", "seconds");
        Shape shape = Shape.named(arguments.text("shape", "small"));
        long seed = arguments.number("seed", 1);
        GeneratedCluster generated = new GeneratedCluster(shape, seed);
        System.out.println("shape " + shape + ", seed " + seed + ", SHA-256 " + generated.hash());
        CannedCluster cluster = new CannedCluster(generated);
        cluster.counts()
                .forEach((path, count) -> System.out.printf(
                        "  %-55s %7d objects, %6d bytes each%n",
                        path, count, cluster.bytes(path) / Math.max(1, count)));
        try (CannedApiServer server = new CannedApiServer(cluster, seed, arguments.number("port", 0))) {
            server.storm(arguments.number("storm", 0));
            System.out.println("listening at " + server.url());
            Thread.sleep(Duration.ofSeconds(arguments.number("seconds", 600)).toMillis());
        }
    }
}
