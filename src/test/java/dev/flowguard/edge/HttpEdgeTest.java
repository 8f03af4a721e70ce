package dev.flowguard.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over bare sockets: what strangers send is not what a client library lets through. */
@DisplayName("The edge")
class HttpEdgeTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        Router router = Router.router(vertx);
        new HttpEdge(registry).install(router, Set.of("POST"), "POST");
        router.route().handler(http -> http.end("passed"));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @DisplayName("lets pass what an API server sends:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"/validate", "/validate?timeout=3s", "/validate-contracts?timeout=2.5s&x=%3b", "/", "/validate/"
            })
    void passes(String target) throws IOException {
        assertThat(ask("POST " + target)).startsWith("HTTP/1.1 200").endsWith("passed");
    }

    @DisplayName("answers methods that it does not know with 405, and has one series for all of them")
    @Test
    void inventedMethods() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(ask("INVENTED" + i + " /validate"))
                    .startsWith("HTTP/1.1 405")
                    .containsIgnoringCase("allow: POST")
                    .contains("\"reason\":\"MethodNotAllowed\"");
        }
        assertThat(registry.getMeters()).hasSize(Refusal.values().length);
        assertThat(registry.get("flowguard.http.refused")
                        .tag("reason", "method")
                        .counter()
                        .count())
                .isEqualTo(20);
    }

    @DisplayName("knows one spelling of a path only:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/validate;a=b",
                "/validate;",
                "/;/validate",
                "/%76alidate",
                "//validate",
                "/./validate",
                "/x/../validate",
                "/validate%3Ba=b",
                "/validate%00",
                "/VALIDATE",
                "/validate//",
                "/validate\\",
                "*"
            })
    void otherSpellings(String target) throws IOException {
        assertThat(ask("POST " + target)).matches("(?s)HTTP/1\\.1 40[04].*").doesNotContain("passed");
    }

    @DisplayName("repeats nothing of what it was sent")
    @Test
    void echoesNothing() throws IOException {
        assertThat(ask("POST /<script>")).doesNotContain("script");
    }

    private String ask(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
