package dev.flowguard.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flowguard.testing.Golden;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running webhook on the demo cluster with three tiers, over real TLS: the words are the same whichever API asks. */
@QuarkusTest
@TestProfile(CalicoWebhookTest.OnCalico.class)
@DisplayName("The webhook on the demo cluster on Calico")
public class CalicoWebhookTest {
    /** The cluster that is asked. */
    public static final class OnCalico implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("flowguard.manifests", "deploy/demo/calico", "flowguard.cni", "calico");
        }
    }

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    URL url;

    private RestAssuredConfig trusting;

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    @ParameterizedTest(name = "{0} by {1}/{2}")
    @CsvSource({
        "01-typo-in-selector, projectcalico.org, v3, networkpolicies",
        "01-typo-in-selector, crd.projectcalico.org, v1, networkpolicies",
        "02-earlier-tier-decides, projectcalico.org, v3, globalnetworkpolicies",
        "02-earlier-tier-decides, crd.projectcalico.org, v1, globalnetworkpolicies",
    })
    @DisplayName("a change that cuts a declared flow is refused with its repair, through both APIs alike")
    void refused(String change, String group, String version, String resource) throws IOException {
        JsonNode response = ask(review(change, group, version, resource));

        assertThat(response.path("allowed").asBoolean()).isFalse();
        Golden.assertSame(
                Path.of("src/test/resources/golden/webhook", "calico-" + change + ".txt"),
                response.path("status").path("message").asText() + "\n");
    }

    @ParameterizedTest(name = "by {0}/{1}")
    @CsvSource({"projectcalico.org, v3", "crd.projectcalico.org, v1"})
    @DisplayName("what takes nothing away is admitted, through both APIs alike")
    void admitted(String group, String version) throws IOException {
        JsonNode response = ask(review("03-order-behind-networkpolicies", group, version, "globalnetworkpolicies"));

        assertThat(response.path("allowed").asBoolean()).isTrue();
    }

    private JsonNode ask(ObjectNode review) throws IOException {
        String answer = given().config(trusting)
                .contentType(ContentType.JSON)
                .body(review.toString())
                .post(url)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return JSON.readTree(answer).path("response");
    }

    private static ObjectNode review(String change, String group, String version, String resource) throws IOException {
        ObjectNode object = (ObjectNode) YAML.readTree(
                Path.of("deploy/demo/calico/changes", change + ".yaml").toFile());
        object.put("apiVersion", group + "/" + version);
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request")
                .put("uid", change + "-" + group)
                .put("operation", old(object).isEmpty() ? "CREATE" : "UPDATE")
                .put("name", object.path("metadata").path("name").asText())
                .put("dryRun", true);
        if (object.path("metadata").has("namespace")) {
            request.put("namespace", object.path("metadata").path("namespace").asText());
        }
        request.putObject("kind")
                .put("group", group)
                .put("version", version)
                .put("kind", object.path("kind").asText());
        request.putObject("resource")
                .put("group", group)
                .put("version", version)
                .put("resource", resource);
        request.putObject("userInfo").put("username", "ann");
        old(object).ifPresent(old -> request.set("oldObject", old.put("apiVersion", group + "/" + version)));
        request.set("object", object);
        return review;
    }

    /** The same object as the cluster has it. */
    private static Optional<ObjectNode> old(ObjectNode object) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(Path.of("deploy/demo/calico/policies.yaml").toFile())) {
            return documents.readAll().stream()
                    .filter(each -> each.path("kind").equals(object.path("kind"))
                            && each.path("metadata").equals(object.path("metadata")))
                    .map(ObjectNode.class::cast)
                    .findFirst();
        }
    }
}
