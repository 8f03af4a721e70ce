package dev.flowguard.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowguard.testing.FreePort;
import dev.flowguard.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One replica: the packaged program in a process of its own, which reaches the API server with a kubeconfig. */
final class Replica implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port = FreePort.find();
    private final int managementPort = FreePort.find();

    Replica(Path kubeconfig, Path log, String... options) throws IOException {
        this.log = log;
        List<String> all = new ArrayList<>(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.ssl-port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + managementPort));
        all.addAll(List.of(options));
        ProcessBuilder builder =
                Program.run(all, "serve").redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        process = builder.start();
    }

    /** Where reviews are asked for. */
    int port() {
        return port;
    }

    boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Replica awaitReady() {
        await("the replica is ready; its log is " + log)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(process.isAlive()).isTrue();
                    assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
                });
        return this;
    }

    String ready() throws IOException, InterruptedException {
        return get("/q/health/ready").body();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Sends the stop signal, and does not wait. */
    void stop() {
        process.toHandle().destroy();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        process.waitFor();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
