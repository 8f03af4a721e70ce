package dev.flowguard.tls;

import static dev.flowguard.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The webhook where {@code flowguard.tls.client-names} says that only the API server may ask. */
@QuarkusTest
@TestProfile(ClientCheckTest.OnlyTheApiServer.class)
class ClientCheckTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final String REVIEW =
            "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"hello\"}}";

    public static final class OnlyTheApiServer implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "flowguard.tls.client-names",
                    "kube-apiserver,standby",
                    "quarkus.tls.webhook.trust-store.pem.certs",
                    file().toString());
        }

        private static Path file() {
            try {
                Path file = Path.of("target", "client-ca.pem").toAbsolutePath();
                Files.writeString(file, AUTHORITY.pem());
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URI webhook;

    @TestHTTPResource(value = "/health/ready", management = true)
    @SuppressWarnings("NullAway.Init")
    URL ready;

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init")
    URL metrics;

    @Test
    @DisplayName(
            "the program's own rehearsal is no exception; the replica gets ready all the same, and nothing is counted")
    void rehearsal() {
        await().pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> given().get(ready).then().statusCode(200));
        assertThat(given().get(metrics).asString()).doesNotContain("dryrun=\"true\"");
    }

    @Test
    @DisplayName("a client with a certificate for one of the names is answered")
    void listed() throws Exception {
        HttpResponse<String> answer = post(AUTHORITY.client("kube-apiserver", keyStore.served()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"uid\":\"hello\"");
    }

    @Test
    @DisplayName("a client with a certificate for another name is told which names it showed")
    void notListed() throws Exception {
        HttpResponse<String> answer = post(AUTHORITY.client("somebody", keyStore.served()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo(
                        "The client's certificate is for somebody, and flowguard.tls.client-names lists none of these.\n");
    }

    @Test
    @DisplayName("a client without a certificate is told that it needs one")
    void none() throws Exception {
        HttpResponse<String> answer = post(HttpClient.newBuilder()
                .sslContext(Trust.context(keyStore.served()))
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("Flowguard answers only clients that show a certificate (flowguard.tls.client-names).\n");
    }

    @Test
    @DisplayName("a certificate by another CA is none, whatever its name: clients do not even show it")
    void byAnother() throws Exception {
        HttpResponse<String> answer = post(new TestAuthority().client("kube-apiserver", keyStore.served()));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> post(HttpClient client) throws Exception {
        return client.send(
                HttpRequest.newBuilder(webhook)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(REVIEW))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
