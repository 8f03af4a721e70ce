package dev.flowguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.cli.Trusting;
import dev.flowguard.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** {@code serve} in a process of its own, following the canned API server, and asked as an API server would ask. */
final class FollowingProgram implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient http;
    private final URI ready;
    private final HttpRequest review;
    private final Child process;

    /** @param flags of java, up to the program */
    FollowingProgram(Path javaHome, List<String> flags, String jar, String apiServer) throws Exception {
        int port = FreePort.find();
        int management = FreePort.find();
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trusting.anybody())
                .build();
        ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        review = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/validate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ProbedFlow.review()))
                .build();
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.ssl-port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + management,
                "-Dkubernetes.master=" + apiServer,
                "-jar",
                jar,
                "serve"));
        process = new Child(javaHome, command);
        // Nobody reads it, but it must not fill the pipe.
        process.listen(line -> {
            if (line.contains("ERROR") || line.contains("WARN")) {
                System.out.println("  the program says: " + line);
            }
        });
    }

    Child process() {
        return process;
    }

    /** Waits until it would be sent reviews. */
    void awaitReady() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("the program does not become ready");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest question = HttpRequest.newBuilder(ready).build();
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    /** Asks for a verdict until it says so about the policy of {@link ProbedFlow}. */
    void awaitVerdict(boolean allowed) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (verdict() != allowed) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("no verdict knows of the pod's event");
            }
        }
    }

    private boolean verdict() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(review, BodyHandlers.ofByteArray());
        JsonNode answer = JSON.readTree(response.body()).path("response");
        if (!answer.has("allowed")) {
            throw new IllegalStateException("no verdict but " + response.statusCode());
        }
        return answer.get("allowed").asBoolean();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
