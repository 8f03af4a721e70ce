package dev.flowguard.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private int code = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/validate", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @DisplayName("each review is sent in its turn, and none before it is due")
    void sends() throws Exception {
        long start = System.nanoTime();

        Latencies latencies = loop("a", "b").send(5, 100);

        assertThat(received).containsExactlyInAnyOrder("a", "b", "a", "b", "a");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40_000_000L);
        assertThat(latencies.percentile(0)).isPositive();
    }

    @Test
    @DisplayName("an answer that is not HTTP 200 ends the measurement")
    void fails() {
        code = 503;

        assertThatThrownBy(() -> loop("a").send(5, 100)).hasStackTraceContaining("HTTP 503");
    }

    @Test
    @DisplayName("a percentile is the smallest time within which that part of all answers came")
    void percentiles() {
        Latencies latencies = new Latencies(new long[] {4_000_000, 1_000_000, 3_000_000, 2_000_000});

        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofMillis(2));
        assertThat(latencies.percentile(51)).isEqualTo(Duration.ofMillis(3));
        assertThat(latencies.percentile(100)).isEqualTo(Duration.ofMillis(4));
        assertThat(latencies.text()).isEqualTo("p50 2.00 ms, p90 4.00 ms, p99 4.00 ms, max 4.00 ms (n = 4)");
    }

    private OpenLoop loop(String... reviews) throws Exception {
        URI target = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/validate");
        return new OpenLoop(target, List.of(reviews));
    }
}
