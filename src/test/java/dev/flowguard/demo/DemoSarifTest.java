package dev.flowguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.flowguard.assess.finding.Findings;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.testing.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("SARIF of the demo shop")
class DemoSarifTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try (InputStream schema = DemoSarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(Objects.requireNonNull(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> changes() {
        return Demo.changes().stream();
    }

    /** Of the clusters with policies of other kinds, but for what is no policy and what cannot be used. */
    static Stream<Path> changesOfOtherKinds() throws IOException {
        List<Path> changes = new ArrayList<>();
        for (String cluster : List.of("tiers", "cilium", "calico")) {
            try (Stream<Path> files = Files.list(Path.of("deploy/demo", cluster, "changes"))) {
                files.filter(file -> !file.endsWith("05-not-a-tier.yaml"))
                        .sorted()
                        .forEach(changes::add);
            }
        }
        return changes.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changesOfOtherKinds")
    @DisplayName("is valid for policies of other kinds too, and each result stands at its line")
    void validForOtherKinds(Path change) throws IOException {
        Path cluster = change.getParent().getParent();
        assertValid(MAPPER.readTree(CommandRun.of(
                        "check",
                        "--manifests",
                        cluster.toString(),
                        "--cni",
                        cluster.endsWith("tiers")
                                ? "kindnet"
                                : cluster.getFileName().toString(),
                        "--change",
                        change.toString(),
                        "-o",
                        "sarif")
                .out()));
    }

    @Test
    @DisplayName("a policy that the agent ignores is marked at the rule for which it does")
    void lineOfOtherKind() throws IOException {
        JsonNode sarif = MAPPER.readTree(CommandRun.of(
                        "check",
                        "--manifests",
                        "deploy/demo/cilium",
                        "--change",
                        "deploy/demo/cilium/changes/05-refused-by-the-agent.yaml",
                        "-o",
                        "sarif")
                .out());
        List<String> marked = new ArrayList<>();
        for (JsonNode result : sarif.path("runs").path(0).path("results")) {
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            if (result.path("ruleId").asText().equals("ignored-by-agent")) {
                marked.add(Files.readAllLines(Path.of(
                                place.path("artifactLocation").path("uri").asText()))
                        .get(place.path("region").path("startLine").asInt() - 1));
            }
        }
        assertThat(marked).singleElement().asString().contains("fromEndpoints: [{matchLabels: {app: accounts}}]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    @DisplayName("is valid, and each result stands in a file that is there, at a line that it has")
    void valid(String change) throws IOException {
        assertValid(MAPPER.readTree(
                Demo.check("--change", Demo.change(change), "-o", "sarif").out()));
    }

    private static void assertValid(JsonNode sarif) throws IOException {
        assertThat(SCHEMA.validate(sarif)).isEmpty();
        for (JsonNode result : sarif.path("runs").path(0).path("results")) {
            assertThat(result.path("locations")).isNotEmpty();
            for (JsonNode location : result.path("locations")) {
                JsonNode place = location.path("physicalLocation");
                Path file = Path.of(place.path("artifactLocation").path("uri").asText());
                assertThat(place.path("region").path("startLine").asInt())
                        .isBetween(1, Files.readAllLines(file).size());
            }
            assertThat(result.path("partialFingerprints").path("flowguard/v1").asText())
                    .matches("[0-9a-f]{32}");
        }
    }

    @Test
    @DisplayName("has a rule for every finding, with its texts, its address and its level")
    void rules() throws IOException {
        JsonNode sarif = MAPPER.readTree(Demo.check("-o", "sarif").out());
        assertThat(SCHEMA.validate(sarif)).isEmpty();
        List<JsonNode> rules = new ArrayList<>();
        sarif.path("runs").path(0).path("tool").path("driver").path("rules").forEach(rules::add);
        for (FindingKind kind : Findings.kinds()) {
            JsonNode rule = rules.stream()
                    .filter(each -> each.path("id").asText().equals(kind.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(rule.path("shortDescription").path("text").asText()).isEqualTo(kind.title());
            assertThat(rule.path("fullDescription").path("text").asText()).isNotBlank();
            assertThat(rule.path("help").path("markdown").asText()).isEqualTo(kind.text());
            assertThat(rule.path("defaultConfiguration").path("level").asText()).isIn("note", "warning");
        }
    }

    @Test
    @DisplayName("a mistyped peer is marked at its line")
    void line() throws IOException {
        JsonNode sarif = MAPPER.readTree(
                Demo.check("--change", Demo.numbered("06"), "-o", "sarif").out());
        JsonNode finding = sarif.path("runs").path(0).path("results").path(1);
        assertThat(finding.path("ruleId").asText()).isEqualTo("peer-matches-nothing");
        JsonNode place = finding.path("locations").path(0).path("physicalLocation");
        List<String> lines = Files.readAllLines(
                Path.of(place.path("artifactLocation").path("uri").asText()));
        assertThat(lines.get(place.path("region").path("startLine").asInt() - 1))
                .contains("podSelector");
    }
}
