package dev.flowguard.feed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.ApiServer;
import dev.flowguard.feed.live.api.Resources;
import dev.flowguard.feed.live.api.WatchStream;
import dev.flowguard.testing.Patience;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Over a bare socket, since when bytes go out together is what matters here. */
@DisplayName("A watch")
class WatchStreamTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String END = "0\r\n\r\n";
    private static final Duration PATIENCE = Patience.CEILING;

    private final ExecutorService answering = Executors.newCachedThreadPool();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private final ServerSocket server;
    private final KubernetesClient client;
    private final ApiServer api;

    WatchStreamTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getLocalPort())
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        api = new ApiServer(client, PATIENCE);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        answering.shutdownNow();
    }

    @Test
    @DisplayName("loses nothing of what comes in one segment with the head of the answer, however often it is opened")
    void together() throws Exception {
        answer(HEAD + chunk("{\"n\":1}\n{\"n\":2}\n") + chunk("{\"n\":3}\n"));

        for (int round = 0; round < 200; round++) {
            try (WatchStream watch = watch()) {
                assertThat(lines(watch, 3)).as("round " + round).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
            }
        }
    }

    @Test
    @DisplayName("puts lines together that come in pieces, and passes over blank ones")
    void pieces() throws Exception {
        answer(HEAD + chunk("{\"n\""), chunk(":"), chunk("1}\n\n{\"n\":2"), chunk("}\n"), END);

        try (WatchStream watch = watch()) {
            assertThat(lines(watch, 2)).containsExactly("{\"n\":1}", "{\"n\":2}");
            assertThat(watch.next(PATIENCE)).isEmpty();
        }
    }

    @Test
    @DisplayName("takes a last line without a line break, and then is at its end")
    void lastLine() throws Exception {
        answer(HEAD + chunk("{\"n\":1}") + END);

        try (WatchStream watch = watch()) {
            assertThat(lines(watch, 1)).containsExactly("{\"n\":1}");
            assertThat(watch.next(PATIENCE)).isEmpty();
            assertThat(watch.next(PATIENCE)).isEmpty();
        }
    }

    @Test
    @DisplayName("that breaks off is told from one that the API server ends")
    void brokenOff() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        answering.execute(() -> {
            try (Socket connection = server.accept()) {
                request(connection);
                send(connection, HEAD + chunk("{\"n\":1}\n"));
                read.await();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        try (WatchStream watch = watch()) {
            assertThat(lines(watch, 1)).containsExactly("{\"n\":1}");
            read.countDown();
            assertThatThrownBy(() -> watch.next(PATIENCE))
                    .isInstanceOf(ApiProblem.class)
                    .hasMessageStartingWith("the watch broke off");
        }
    }

    @Test
    @DisplayName("that is silent for too long is said to be")
    void silent() throws Exception {
        answer(HEAD);

        try (WatchStream watch = watch()) {
            assertThatThrownBy(() -> watch.next(Duration.ofMillis(20)))
                    .isInstanceOf(ApiProblem.class)
                    .hasMessageStartingWith("nothing has been heard for");
        }
    }

    @Test
    @DisplayName("that is refused says with which code, and why")
    void refused() {
        String status = "{\"kind\":\"Status\",\"message\":\"pods is forbidden\",\"code\":403}\n";
        answer("HTTP/1.1 403 Forbidden\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);

        assertThatThrownBy(this::watch)
                .isInstanceOfSatisfying(
                        ApiProblem.class,
                        problem -> assertThat(problem.isForbidden()).isTrue())
                .hasMessage("the API server answered 403: pods is forbidden");
    }

    @Test
    @DisplayName("that has ended does not disturb the next one, which mostly comes on the same connection")
    void ended() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        serveConnections(connection -> {
            while (request(connection)) {
                send(connection, HEAD + (requests.getAndIncrement() % 2 == 0 ? "" : chunk("{\"n\":1}\n")) + END);
            }
        });

        for (int round = 0; round < 50; round++) {
            try (WatchStream watch = watch()) {
                assertThat(watch.next(PATIENCE)).isEmpty();
            }
            try (WatchStream next = watch()) {
                assertThat(lines(next, 1)).as("round " + round).containsExactly("{\"n\":1}");
                assertThat(next.next(PATIENCE)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("is opened again on a new connection if that of the last request closes")
    void stale() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        answering.execute(() -> {
            try (Socket connection = server.accept()) {
                request(connection);
                first.countDown();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            answer(HEAD + chunk("{\"n\":1}\n"));
        });

        try (WatchStream watch = watch()) {
            assertThat(lines(watch, 1)).containsExactly("{\"n\":1}");
        }
        assertThat(first.getCount()).as("the first connection was used").isZero();
    }

    @Test
    @DisplayName("closes its connection when it is closed")
    void closed() throws Exception {
        answer(HEAD);
        watch().close();

        assertThat(gone.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private WatchStream watch() throws ApiProblem, InterruptedException {
        return api.watch(Resources.NETWORK_POLICIES, "1", Duration.ofMinutes(5));
    }

    private static List<String> lines(WatchStream watch, int count) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Optional<byte[]> line = watch.next(PATIENCE);
            lines.add(new String(line.orElseThrow(), StandardCharsets.UTF_8));
        }
        return lines;
    }

    /** Answers every request on a connection of its own with that, each part in one write, and then waits for the other side to go. */
    private void answer(String... parts) {
        serveConnections(connection -> {
            request(connection);
            for (String part : parts) {
                send(connection, part);
            }
            gone.complete(connection.getInputStream().read() < 0);
        });
    }

    /** What the other side says on one connection. */
    private interface Conversation {
        void on(Socket connection) throws IOException;
    }

    private void serveConnections(Conversation conversation) {
        answering.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    answering.execute(() -> converse(connection, conversation));
                } catch (SocketException e) {
                    return;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private void converse(Socket connection, Conversation conversation) {
        try (connection) {
            conversation.on(connection);
        } catch (IOException e) {
            gone.complete(true);
        }
    }

    /** Reads one, or says that there is no more. */
    private static boolean request(Socket connection) throws IOException {
        BufferedReader request =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
            line = request.readLine();
        }
        return line != null;
    }

    private static void send(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
