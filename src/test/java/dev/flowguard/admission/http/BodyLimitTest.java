package dev.flowguard.admission.http;

import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Over bare sockets, which send no more of a body than they are told to. */
@DisplayName("A body")
class BodyLimitTest {
    private static final int LARGEST = 100;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final BodyBudget budget = new BodyBudget(LARGEST + LARGEST / 2);
    private final Vertx vertx = Vertx.vertx();
    private final Queue<RoutingContext> unanswered = new ConcurrentLinkedQueue<>();
    private volatile boolean answering = true;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @Test
    @DisplayName("holds its room until it is answered")
    void answered() throws Exception {
        int port = serve(LONG);

        try (Socket sender = send(port, "Content-Length: 80", "x".repeat(80))) {
            assertThat(line(sender)).isEqualTo("HTTP/1.1 200 OK");
            free();
        }
    }

    @Test
    @DisplayName("for which there is no room is refused before it is sent, and taken when there is")
    void noRoom() throws Exception {
        int port = serve(LONG);
        answering = false;

        try (Socket first = send(port, "Content-Length: 80", "x".repeat(80));
                Socket second = send(port, "Content-Length: 70", "x".repeat(70))) {
            await().until(() -> unanswered.size() == 2);
            assertThat(budget.left()).isZero();
            try (Socket third = send(port, "Content-Length: 1", "")) {
                assertThat(line(third)).isEqualTo("HTTP/1.1 503 Service Unavailable");
            }
            answering = true;
            unanswered.forEach(RoutingContext::end);
            assertThat(line(first)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(line(second)).isEqualTo("HTTP/1.1 200 OK");
            try (Socket fourth = send(port, "Content-Length: 70", "x".repeat(70))) {
                assertThat(line(fourth)).isEqualTo("HTTP/1.1 200 OK");
            }
        }
        free();
    }

    @Test
    @DisplayName("that is announced and does not arrive makes room for others, the largest first")
    void onlyAnnounced() throws Exception {
        int port = serve(LONG);

        try (Socket large = send(port, "Content-Length: 80", "x");
                Socket small = send(port, "Content-Length: 70", "x")) {
            await().until(() -> budget.left() == 0);
            try (Socket whole = send(port, "Content-Length: 60", "x".repeat(60))) {
                assertThat(line(whole)).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(large.getInputStream().read()).isNegative();
            write(small, "x".repeat(69));
            assertThat(line(small)).isEqualTo("HTTP/1.1 200 OK");
        }
        free();
    }

    @Test
    @DisplayName("of a length that is not announced takes the room of the largest")
    void unannounced() throws Exception {
        int port = serve(LONG);

        try (Socket sender = send(port, "Transfer-Encoding: chunked", "")) {
            await().until(() -> budget.left() == LARGEST / 2);
        }
        free();
    }

    @Test
    @DisplayName("that does not arrive is not waited for")
    void slow() throws Exception {
        int port = serve(Duration.ofMillis(20));

        try (Socket sender = send(port, "Content-Length: 80", "x")) {
            assertThat(sender.getInputStream().read()).isNegative();
        }
        free();
    }

    private int serve(Duration patience) throws Exception {
        Router router = Router.router(vertx);
        new BodyLimit(LARGEST, new ObjectMapper(), budget, patience).install(router);
        router.post().order(0).handler(http -> http.request().body().onSuccess(body -> answer(http)));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        return server.actualPort();
    }

    private void answer(RoutingContext http) {
        if (answering) {
            http.end();
        } else {
            unanswered.add(http);
        }
    }

    private void free() {
        await().until(() -> budget.left() == LARGEST + LARGEST / 2);
    }

    private static Socket send(int port, String length, String body) throws IOException {
        Socket sender = new Socket(InetAddress.getLoopbackAddress(), port);
        write(sender, "POST /validate HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n\r\n" + body);
        return sender;
    }

    private static void write(Socket sender, String text) throws IOException {
        sender.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The first line of the answer. */
    private static String line(Socket sender) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = sender.getInputStream().read();
                each != '\r' && each >= 0;
                each = sender.getInputStream().read()) {
            line.append((char) each);
        }
        return line.toString();
    }
}
