package dev.flowguard.cli.serve;

import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.cli.Trusting;
import dev.flowguard.testing.FreePort;
import dev.flowguard.testing.Program;
import dev.flowguard.testing.ServedObjects;
import dev.flowguard.testing.SmallCluster;
import dev.flowguard.testing.StreamedWatches;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.kubernetes.client.KubernetesServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that {@code serve} does in a cluster, once: what only the packaged program lacks shows here. */
@DisplayName("The packaged program beside a live cluster")
class ServeLiveIT {
    private final KubernetesServer api =
            new KubernetesServer(false, true, InetAddress.getLoopbackAddress(), 0, List.of());
    private final StreamedWatches watches = new StreamedWatches();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void cluster() {
        api.before();
        new SmallCluster().accept(api);
    }

    @AfterEach
    void stop() {
        watches.stop();
        api.after();
    }

    @Test
    @DisplayName("follows it, makes its certificate, judges, and writes how contracts stand")
    void serves() throws Exception {
        int port = FreePort.find();
        int management = FreePort.find();
        Path log = folder.resolve("log");
        ProcessBuilder program = Program.run(
                        List.of(
                                "-Dkubeconfig=" + kubeconfig(),
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.ssl-port=" + port,
                                "-Dquarkus.management.host=127.0.0.1",
                                "-Dquarkus.management.port=" + management,
                                "-Dquarkus.log.console.json.enabled=true",
                                "-Dflowguard.tls.mode=self-managed",
                                "-Dflowguard.audit.publish=true"),
                        "serve")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Process process = program.start();
        try {
            soon(
                    log,
                    () -> assertThat(get("http://localhost:" + management + "/q/health/ready"))
                            .doesNotContain("\"DOWN\"")
                            .contains("2 workloads"));
            assertThat(get("http://localhost:" + management + "/q/metrics"))
                    .as("a rehearsal is in no statistics")
                    .doesNotContain("flowguard_admission", "uri=\"/validate");
            assertThat(post("https://localhost:" + port + "/validate", SmallCluster.CUTS_ORDERS_OFF))
                    .contains("checkout -> orders:8080/TCP");
            assertThat(get("http://localhost:" + management + "/q/metrics"))
                    .containsPattern("flowguard_admission_decisions_total\\{.*decision=\"reject\".*} 1.0");
            soon(log, () -> assertThat(contract().getAdditionalProperties()).containsKey("status"));
        } finally {
            process.toHandle().destroy();
            process.waitFor();
        }
        assertThat(Files.readString(log))
                .doesNotContain("\"ERROR\"")
                .contains("\"loggerName\":\"dev.flowguard.decisions\"");
    }

    private GenericKubernetesResource contract() {
        KubernetesClient client = api.getClient();
        return client.genericKubernetesResources(ServedObjects.CONTRACTS)
                .inNamespace("shop")
                .withName("orders")
                .require();
    }

    private Path kubeconfig() throws Exception {
        return Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            clusters: [{name: mock, cluster: {server: "%s"}}]
            users: [{name: flowguard, user: {token: secret}}]
            contexts: [{name: mock, context: {cluster: mock, user: flowguard, namespace: flowguard-system}}]
            current-context: mock
            """.formatted(
                        watches.before(api.getClient().getMasterUrl().toURI())));
    }

    private static String get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static String post(String url, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(Trusting.anybody())
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void soon(Path log, ThrowingRunnable holds) {
        await("the log is " + log)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(holds);
    }
}
