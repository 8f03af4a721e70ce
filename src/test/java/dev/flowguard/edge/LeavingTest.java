package dev.flowguard.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica that is leaving")
class LeavingTest {
    private final Vertx vertx = Vertx.vertx();
    private final Leaving leaving = new Leaving();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        Router router = Router.router(vertx);
        leaving.install(router);
        router.route().handler(http -> http.end("judged"));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("answers, and has the caller make its next connection to another one")
    void saysSo() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(ask(caller)).endsWith("judged").doesNotContainIgnoringCase("connection: close");
            leaving.leave();
            assertThat(ask(caller)).endsWith("judged").containsIgnoringCase("connection: close");
        }
    }

    /** Over the one connection that is open. */
    private static String ask(Socket caller) throws Exception {
        caller.getOutputStream()
                .write("GET /validate HTTP/1.1\r\nHost: flowguard\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        byte[] some = new byte[1_000];
        while (!answer.toString().endsWith("judged")) {
            int read = caller.getInputStream().read(some);
            assertThat(read).isPositive();
            answer.append(new String(some, 0, read, StandardCharsets.US_ASCII));
        }
        return answer.toString();
    }
}
