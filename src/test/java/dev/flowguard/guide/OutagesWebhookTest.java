package dev.flowguard.guide;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running webhook on a cluster for which nobody declared anything: the worst outages that policies cause, asked over real TLS. */
@QuarkusTest
@TestProfile(OutagesWebhookTest.NothingDeclared.class)
@DisplayName("The webhook on a cluster without contracts")
class OutagesWebhookTest {
    private static final Path CASES = Path.of("src/test/resources/cases/outages");

    /** The cluster that is asked. */
    public static final class NothingDeclared implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", CASES.resolve("cluster.yaml").toString(), "flowguard.deadline", "10s");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL url;

    @SuppressWarnings("NullAway.Init")
    private RestAssuredConfig trusting;

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        cluster-dns       | coredns-allow-prometheus: cuts off every pod from DNS over UDP and TCP | [{namespaceSelector: {}}]
        kubernetes-api    | cert-manager-egress: cuts off cert-manager from the Kubernetes API | {cidr: 172.18.0.2/32}}], ports: [{protocol: TCP, port: 6443}]
        admission-webhook | cuts the API server from cert-manager-webhook:10250 (implied by ValidatingWebhookConfiguration cert-manager-webhook): ingress blocked by allow-same-namespace | {cidr: 172.18.0.2/32}}], ports: [{protocol: TCP, port: 10250}]
        metrics           | cuts monitoring/prometheus-k8s from coredns:9153 (implied by ServiceMonitor monitoring/coredns): ingress blocked by coredns-only-dns | ports: [{protocol: TCP, port: 9153}]
        ingress           | cuts ingress-nginx/ingress-nginx-controller from web:8080 (implied by Ingress shop/web): ingress blocked by allow-same-namespace | ports: [{protocol: TCP, port: 8080}]
        """)
    @DisplayName("warns of what is cut, by whom, and says the rule that keeps it:")
    void warns(String change, String cut, String repair) throws IOException {
        JsonNode response = ask(change);

        List<String> warnings = new ArrayList<>();
        response.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(warnings).allSatisfy(warning -> assertThat(warning).hasSizeLessThanOrEqualTo(120));
        assertThat(String.join(" ", warnings)).contains(cut, "to keep it, add").contains(repair);
    }

    private JsonNode ask(String change) throws IOException {
        JsonNode policy =
                new YAMLMapper().readTree(CASES.resolve(change + ".yaml").toFile());
        ObjectNode review = new JsonMapper()
                .createObjectNode()
                .put("apiVersion", "admission.k8s.io/v1")
                .put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request")
                .put("uid", change)
                .put("operation", "CREATE")
                .put("name", policy.at("/metadata/name").asText())
                .put("namespace", policy.at("/metadata/namespace").asText())
                .put("dryRun", true);
        request.putObject("kind")
                .put("group", "networking.k8s.io")
                .put("version", "v1")
                .put("kind", "NetworkPolicy");
        request.putObject("resource")
                .put("group", "networking.k8s.io")
                .put("version", "v1")
                .put("resource", "networkpolicies");
        request.putObject("userInfo").put("username", "ann");
        request.set("object", policy);
        String answer = given().config(trusting)
                .contentType(ContentType.JSON)
                .body(review.toString())
                .post(url)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return new JsonMapper().readTree(answer).path("response");
    }
}
