package dev.flowguard.wiring;

import static dev.flowguard.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.testing.SmallCluster;
import dev.flowguard.testing.StreamedWatches;
import dev.flowguard.tls.Trust;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.kubernetes.client.WithKubernetesTestServer;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The running application beside a live cluster, of which an API server in this process knows the objects. */
@QuarkusTest
@TestProfile(LiveModeTest.Live.class)
@WithTestResource(StreamedWatches.class)
@WithKubernetesTestServer(setup = SmallCluster.class)
@DisplayName("In a live cluster")
class LiveModeTest {
    public static final class Live implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", "", "flowguard.tls.mode", "self-managed");
        }
    }

    @Inject
    KubernetesClient cluster;

    @Inject
    ClusterState state;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL webhook;

    @TestHTTPResource(value = "/health/ready", management = true)
    @SuppressWarnings("NullAway.Init")
    URL ready;

    @Test
    @DisplayName("it becomes ready, is trusted by what it tells the API server, and judges by the objects there")
    void judges() {
        soon(() -> given().get(ready).then().statusCode(200).body("status", is("UP")));
        assertThat(state.health().troubles()).isEmpty();

        soon(() -> given().config(Trust.config(caBundle()))
                .contentType(ContentType.JSON)
                .body(SmallCluster.CUTS_ORDERS_OFF)
                .post(webhook)
                .then()
                .statusCode(200)
                .body("response.allowed", is(false))
                .body("response.status.message", containsString("checkout -> orders:8080/TCP")));
    }

    @Test
    @DisplayName("it keeps its CA in a Secret")
    void secret() {
        soon(() -> assertThat(secrets()).singleElement().satisfies(secret -> {
            assertThat(secret.getMetadata().getName()).isEqualTo("flowguard-webhook-ca");
            assertThat(secret.getData()).containsOnlyKeys("ca.crt", "ca.key");
        }));
    }

    private List<Secret> secrets() {
        return cluster.secrets().inAnyNamespace().list().getItems();
    }

    private List<X509Certificate> caBundle() {
        ValidatingWebhookConfiguration configuration = cluster.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("flowguard")
                .require();
        ValidatingWebhook webhookThere = configuration.getWebhooks().get(0);
        byte[] pem = Base64.getDecoder().decode(webhookThere.getClientConfig().getCaBundle());
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void soon(ThrowingRunnable holds) {
        await().pollInterval(Duration.ofMillis(100)).untilAsserted(holds);
    }
}
