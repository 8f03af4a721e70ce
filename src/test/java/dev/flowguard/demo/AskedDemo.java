package dev.flowguard.demo;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flowguard.testing.Golden;
import dev.flowguard.tls.Trust;
import dev.flowguard.tls.WebhookKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A demo cluster, of which the running webhook is asked over real TLS; with golden files of what it says. */
public abstract class AskedDemo {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;

    @Inject
    WebhookKeyStore keyStore;

    @TestHTTPResource(value = "/validate", tls = true)
    URL url;

    private RestAssuredConfig trusting = RestAssuredConfig.config();

    /** @param name of its folder under {@code deploy/demo} */
    AskedDemo(String name) {
        this.name = name;
    }

    @BeforeEach
    void trustTheCertificate() throws Exception {
        trusting = Trust.config(keyStore.served());
    }

    /** The object of one of the changes. */
    ObjectNode change(String change) throws IOException {
        return (ObjectNode) yaml(folder().resolve("changes").resolve(change + ".yaml"));
    }

    /** An object of the cluster, as it is. */
    Optional<ObjectNode> known(String kind, JsonNode metadata) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(folder().resolve("policies.yaml").toFile())) {
            return documents.readAll().stream()
                    .filter(each -> each.path("kind").asText().equals(kind))
                    .filter(each -> each.path("metadata").path("name").equals(metadata.path("name")))
                    .filter(each -> each.path("metadata").path("namespace").equals(metadata.path("namespace")))
                    .map(ObjectNode.class::cast)
                    .findFirst();
        }
    }

    /** Asks for its creation, or its change where the cluster has it. */
    JsonNode asked(ObjectNode object) throws IOException {
        ObjectNode review = review(object);
        ObjectNode request = (ObjectNode) review.path("request");
        Optional<ObjectNode> old = known(object.path("kind").asText(), object.path("metadata"));
        request.put("operation", old.isEmpty() ? "CREATE" : "UPDATE");
        old.ifPresent(before -> request.set(
                "oldObject", before.put("apiVersion", object.path("apiVersion").asText())));
        request.set("object", object);
        return response(review);
    }

    /** Asks for its deletion. */
    JsonNode askedToDelete(ObjectNode object) throws IOException {
        ObjectNode review = review(object);
        ((ObjectNode) review.path("request")).put("operation", "DELETE").set("oldObject", object);
        return response(review);
    }

    private JsonNode response(ObjectNode review) throws IOException {
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

    private static ObjectNode review(ObjectNode object) {
        String[] group = object.path("apiVersion").asText().split("/");
        String kind = object.path("kind").asText();
        ObjectNode review =
                JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request")
                .put("uid", "asked")
                .put("name", object.path("metadata").path("name").asText())
                .put("dryRun", true);
        if (object.path("metadata").has("namespace")) {
            request.put("namespace", object.path("metadata").path("namespace").asText());
        }
        request.putObject("kind")
                .put("group", group[0])
                .put("version", group[1])
                .put("kind", kind);
        request.putObject("resource")
                .put("group", group[0])
                .put("version", group[1])
                .put("resource", kind.toLowerCase(Locale.ROOT).replaceFirst("y?$", kind.endsWith("y") ? "ies" : "s"));
        request.putObject("userInfo").put("username", "ann");
        return review;
    }

    /** Holds what is said against a golden file: the decision, each warning, and the message of a refusal. */
    void assertSays(String story, JsonNode response) throws IOException {
        StringBuilder said = new StringBuilder(response.path("allowed").asBoolean() ? "admitted\n" : "refused\n");
        response.path("warnings")
                .forEach(warning ->
                        said.append("warning: ").append(warning.asText()).append('\n'));
        String message = response.path("status").path("message").asText();
        said.append(message).append(message.isEmpty() ? "" : "\n");
        Golden.assertSame(Path.of("src/test/resources/golden/webhook", name + "-" + story + ".txt"), said.toString());
    }

    /** The YAML of the first repair in what a refusal says. */
    static JsonNode repair(JsonNode response) throws IOException {
        String line = response.path("status")
                .path("message")
                .asText()
                .lines()
                .filter(each -> each.strip().startsWith("to keep it, "))
                .findFirst()
                .orElseThrow();
        return YAML.readTree(line.substring(line.indexOf(":  ") + 1));
    }

    private Path folder() {
        return Path.of("deploy/demo", name);
    }

    private static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }
}
