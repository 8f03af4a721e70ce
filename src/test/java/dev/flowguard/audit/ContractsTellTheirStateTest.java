package dev.flowguard.audit;

import static dev.flowguard.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.testing.ServedObjects;
import dev.flowguard.testing.StreamedWatches;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.kubernetes.client.KubernetesServer;
import io.quarkus.test.kubernetes.client.WithKubernetesTestServer;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The running application beside a live cluster: what people and tools see of a contract when nobody asked the webhook. */
@QuarkusTest
@TestProfile(ContractsTellTheirStateTest.Publishing.class)
@WithTestResource(StreamedWatches.class)
@WithKubernetesTestServer(setup = ContractsTellTheirStateTest.Cluster.class)
@DisplayName("A contract tells its state")
class ContractsTellTheirStateTest {

    public static final class Publishing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", "", "flowguard.audit.publish", "true");
        }
    }

    public static final class Cluster implements Consumer<KubernetesServer> {
        private static final String OBJECTS = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: monitoring, labels: {team: platform}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {namespace: monitoring, name: prometheus, labels: {app: prometheus}}
                spec: {containers: [{name: main}]}
                status: {phase: Running, podIP: 10.0.0.1}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {namespace: shop, name: orders, labels: {app: orders}}
                spec: {containers: [{name: main}]}
                status: {phase: Running, podIP: 10.0.0.2}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: allow-platform}
                spec:
                  podSelector: {}
                  policyTypes: [Ingress]
                  ingress: [{from: [{namespaceSelector: {matchLabels: {team: platform}}}]}]
                """;

        private static final String CONTRACT = """
                apiVersion: flowguard.dev/v1alpha1
                kind: FlowContract
                metadata: {namespace: shop, name: orders}
                spec:
                  flows:
                  - name: orders-is-watched
                    from: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}
                    to: {podSelector: {matchLabels: {app: orders}}}
                    ports: [{port: 9090}]
                """;

        @Override
        public void accept(KubernetesServer server) {
            ServedObjects.create(server.getClient(), OBJECTS, CONTRACT);
        }
    }

    private static final String UNCONCERNED = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "1", "operation": "CREATE"}}
            """;

    @Inject
    KubernetesClient cluster;

    @TestHTTPResource(value = "/validate", tls = true)
    @SuppressWarnings("NullAway.Init")
    URL webhook;

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init")
    URL metrics;

    @Test
    @DisplayName(
            "when a Namespace label changes and breaks a flow without any change of a policy, and when it is repaired")
    void story() throws IOException {
        soon(() -> assertThat(flow().path("state").asText()).isEqualTo("Satisfied"));
        assertThat(condition("Ready")).isEqualTo("True AllSatisfied");
        assertThat(condition("Stalled")).isEqualTo("False NothingBroken");
        soon(() -> assertThat(scrape())
                .contains("flowguard_flows{kind=\"FlowContract\",namespace=\"shop\",state=\"satisfied\"} 1.0")
                .contains("flowguard_leader 1.0")
                .doesNotContain("state=\"broken\""));

        label("team", "none");

        soon(() -> {
            assertThat(flow().path("state").asText()).isEqualTo("Broken");
            assertThat(flow().path("message").asText())
                    .isEqualTo("monitoring/prometheus -> orders:9090/TCP:"
                            + " blocked on ingress by NetworkPolicy shop/allow-platform");
            assertThat(flow().at("/blockedBy/0/name").asText()).isEqualTo("allow-platform");
            assertThat(condition("Ready")).isEqualTo("False FlowsBroken");
            assertThat(condition("Stalled")).isEqualTo("True FlowsBroken");
            assertThat(events())
                    .anySatisfy(event -> {
                        assertThat(event.getReason()).isEqualTo("FlowBroken");
                        assertThat(event.getInvolvedObject().getKind()).isEqualTo("FlowContract");
                        assertThat(event.getInvolvedObject().getUid()).isNotEmpty();
                        assertThat(event.getMessage()).startsWith("flow orders-is-watched is broken: ");
                    })
                    .anySatisfy(event -> {
                        assertThat(event.getReason()).isEqualTo("BreaksFlow");
                        assertThat(event.getInvolvedObject().getName()).isEqualTo("allow-platform");
                        assertThat(event.getMessage())
                                .isEqualTo("blocks flow orders-is-watched of FlowContract shop/orders");
                    });
            assertThat(scrape())
                    .contains("flowguard_flows{kind=\"FlowContract\",namespace=\"shop\",state=\"broken\"} 1.0")
                    .contains("flowguard_contract_broken_timestamp_seconds{annotation=\"\","
                            + "contract=\"orders\",kind=\"FlowContract\",namespace=\"shop\"}");
        });

        // So that there is a decision to count.
        given().relaxedHTTPSValidation()
                .contentType(ContentType.JSON)
                .body(UNCONCERNED)
                .post(webhook);
        assertThat(scrape()).contains(named("deploy/components/monitoring/prometheus-rule.yaml"));
        assertThat(scrape()).contains(named("deploy/components/monitoring/dashboard.yaml"));

        label("team", "platform");

        soon(() -> {
            assertThat(flow().path("state").asText()).isEqualTo("Satisfied");
            assertThat(condition("Ready")).isEqualTo("True AllSatisfied");
            assertThat(events()).extracting(Event::getReason).contains("FlowRepaired", "NoLongerBreaksFlow");
            assertThat(scrape())
                    .doesNotContain("flowguard_contract_broken_timestamp_seconds{")
                    .doesNotContain("state=\"broken\"");
        });
    }

    private void label(String key, String value) {
        Namespace monitoring = cluster.namespaces().withName("monitoring").require();
        monitoring.getMetadata().getLabels().put(key, value);
        cluster.resource(monitoring).update();
    }

    /** The metrics of ours that expressions in that file name. */
    private static Set<String> named(String file) throws IOException {
        Set<String> names = Pattern.compile("\\bflowguard_[a-z_]+")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(names).hasSizeGreaterThan(5);
        return names;
    }

    private String scrape() throws IOException {
        try (InputStream body = metrics.openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8).replace(",}", "}");
        }
    }

    private List<Event> events() {
        return cluster.v1().events().inNamespace("shop").list().getItems();
    }

    private JsonNode status() {
        GenericKubernetesResource contract = cluster.genericKubernetesResources(ServedObjects.CONTRACTS)
                .inNamespace("shop")
                .withName("orders")
                .require();
        return new ObjectMapper().valueToTree(contract).path("status");
    }

    private JsonNode flow() {
        return status().at("/flows/0");
    }

    /** {@code True AllSatisfied}. */
    private String condition(String type) {
        for (JsonNode condition : status().path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText() + " "
                        + condition.path("reason").asText();
            }
        }
        return "none";
    }

    /** In the second or two that are promised on a machine that does nothing else. */
    private static void soon(ThrowingRunnable holds) {
        await().pollInterval(Duration.ofMillis(50)).untilAsserted(holds);
    }
}
