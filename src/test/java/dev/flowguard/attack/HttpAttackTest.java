package dev.flowguard.attack;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the running program, over its own two ports. */
@QuarkusTest
@DisplayName("The ports of the program")
class HttpAttackTest {
    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL webhook;

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init")
    URL metrics;

    @DisplayName("count invented methods, paths and queries in no series of their own")
    @Test
    void seriesDoNotGrow() throws Exception {
        attackOnce(0);
        long before = series();
        for (int i = 1; i < 20; i++) {
            attackOnce(i);
        }
        assertThat(series()).isEqualTo(before);
    }

    private void attackOnce(int i) throws Exception {
        for (String line : List.of(
                "INVENTED" + i + " /validate",
                "INVENTED" + i + " /nowhere",
                "GET /nowhere" + i,
                "POST /validate/x" + i,
                "POST /validate?x" + i + "=y")) {
            assertThat(askWebhook(line, "")).startsWith("HTTP/1.1 4");
        }
        for (String line : List.of("INVENTED" + i + " /q/metrics", "GET /q/nowhere" + i, "POST /q/health")) {
            assertThat(askManagement(line)).startsWith("HTTP/1.1 4");
        }
    }

    @DisplayName("keep no body that a path in another spelling announces:")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/validate;a=b", "/validate-contracts;a=b", "/%76alidate", "/validate/;x", "/nowhere;a"})
    void otherSpellings(String path) throws Exception {
        // Answered although of eight million bytes that are announced not one is sent.
        assertThat(askWebhook("POST " + path, "Content-Length: 8000000\r\n")).startsWith("HTTP/1.1 404");
    }

    @DisplayName("speak HTTP/1.1 only, whatever a client would rather")
    @Test
    void noHttp2() throws Exception {
        try (SSLSocket socket = connect()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
        assertThat(ask(connect(), "PRI /validate HTTP/2.0\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 2");
    }

    @DisplayName("take no upgrade to HTTP/2")
    @Test
    void noUpgrade() throws Exception {
        assertThat(askWebhook("GET /validate", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"))
                .startsWith("HTTP/1.1 405");
    }

    @DisplayName("read no body on the management port, and no head above the limit")
    @Test
    void managementLimits() throws IOException {
        assertThat(askManagement("POST /q/health")).startsWith("HTTP/1.1 405");
        assertThat(askManagement("GET /q/health?" + "x".repeat(100_000))).contains(" 414 ");
        assertThat(ask(
                        new Socket(metrics.getHost(), metrics.getPort()),
                        "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: "
                                + "x".repeat(100_000) + "\r\n\r\n"))
                .contains(" 431 ");
    }

    private String askWebhook(String line, String headers) throws Exception {
        return ask(connect(), line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private String askManagement(String line) throws IOException {
        return ask(
                new Socket(metrics.getHost(), metrics.getPort()),
                line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private SSLSocket connect() throws Exception {
        return (SSLSocket)
                Trust.context(keyStore.served()).getSocketFactory().createSocket(webhook.getHost(), webhook.getPort());
    }

    private static String ask(Socket connection, String request) throws IOException {
        try (connection) {
            connection.setSoTimeout(20_000);
            OutputStream out = connection.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private long series() {
        return given().get(metrics)
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
                .count();
    }
}
