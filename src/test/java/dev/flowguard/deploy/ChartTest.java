package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The Helm chart")
class ChartTest {
    private static final Path CHART = Path.of("deploy/chart");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** To accept what the overlays have become, run with {@code -Dgolden=write}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "self-managed, default",
        "self-managed-strict, strict",
        "cert-manager, cert-manager",
        "provided, provided-certificate"
    })
    @DisplayName("holds what the overlays render to")
    void files(String file, String overlay) throws IOException {
        List<ObjectNode> objects = Installation.of(overlay).objects();
        assertFile(file, objects.stream().filter(object -> !isCrd(object)).toList());
        assertFile("crds", objects.stream().filter(ChartTest::isCrd).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"cert-manager-strict, cert-manager", "provided-strict, provided-certificate"})
    @DisplayName("holds what an overlay and the component strict would render to")
    void strict(String file, String overlay) throws IOException {
        JsonNode strict = Installation.of("strict")
                .get("ValidatingWebhookConfiguration", "flowguard")
                .get("webhooks");
        List<ObjectNode> objects = Installation.of(overlay).objects().stream()
                .filter(object -> !isCrd(object))
                .map(ObjectNode::deepCopy)
                .toList();
        objects.stream()
                .filter(object -> object.get("kind").asText().equals("ValidatingWebhookConfiguration"))
                .forEach(object -> object.set("webhooks", strict));
        assertFile(
                file,
                objects.stream().map(object -> withStrictEnvironment(object)).toList());
    }

    @Test
    @DisplayName("holds what the overlay for monitoring adds")
    void monitoring() throws IOException {
        Map<String, ObjectNode> plain = byName(Installation.of("default").objects());
        assertFile(
                "monitoring",
                Installation.of("monitoring").objects().stream()
                        .filter(object -> !plain.containsKey(name(object)))
                        .toList());
    }

    @Test
    @DisplayName("has a schema for every value, and values that keep to it")
    void schema() throws IOException {
        JsonNode values = Yaml.documents(CHART.resolve("values.yaml")).get(0);
        JsonNode schema = JSON.readTree(CHART.resolve("values.schema.json").toFile());
        values.fieldNames()
                .forEachRemaining(
                        name -> assertThat(schema.at("/properties/" + name).isMissingNode())
                                .as(name)
                                .isFalse());
        assertThat(schema.at("/properties")).hasSize(values.size() + 1);
    }

    @Nested
    @DisplayName("rendered by helm")
    class Rendered {
        @ParameterizedTest(name = "{1} is the overlay {0}")
        @CsvSource({
            "default,              namespace.create=true",
            "strict,               strict=true",
            "cert-manager,         certificates.mode=cert-manager",
            "provided-certificate, certificates.mode=provided"
        })
        @DisplayName("is what the overlay is, object by object")
        void equal(String overlay, String value) throws Exception {
            assertThat(byName(template("--set", value)))
                    .isEqualTo(byName(Installation.of(overlay).objects()));
        }

        @Test
        @DisplayName("has the objects for monitoring where they are wanted")
        void monitored() throws Exception {
            assertThat(byName(template("--set", "monitoring.enabled=true")).keySet())
                    .isEqualTo(byName(Installation.of("monitoring").objects()).keySet());
        }

        @Test
        @DisplayName("does what the values say")
        void values() throws Exception {
            List<ObjectNode> objects = template(
                    "--set",
                    "namespace.name=guard,namespace.create=false,replicas=2,mode=Warn,options.cni=calico,findings.dns-egress-cut=Deny",
                    "--set",
                    "extraNamespaces={kube-system},image.repository=registry.example.com/flowguard,image.tag=v1,crds.install=false");
            assertThat(objects)
                    .noneMatch(ChartTest::isCrd)
                    .noneMatch(object -> name(object).startsWith("Namespace"));
            assertThat(objects.toString()).doesNotContain("flowguard-system");
            ObjectNode deployment = Objects.requireNonNull(byName(objects).get("Deployment guard/flowguard"));
            assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
            assertThat(deployment.at("/spec/template/spec/containers/0/image").asText())
                    .isEqualTo("registry.example.com/flowguard:v1");
            assertThat(deployment.at("/spec/template/spec/containers/0/env").toString())
                    .contains(
                            "{\"name\":\"FLOWGUARD_MODE\",\"value\":\"Warn\"}",
                            "{\"name\":\"FLOWGUARD_CNI\",\"value\":\"calico\"}",
                            "{\"name\":\"FLOWGUARD_FINDINGS\",\"value\":\"dns-egress-cut=Deny\"}");
            assertThat(Objects.requireNonNull(byName(objects).get("ValidatingWebhookConfiguration /flowguard"))
                            .findValues("namespaceSelector"))
                    .allSatisfy(selector -> assertThat(selector.toString()).contains("\"guard\"", "\"kube-system\""));
        }

        @Test
        @DisplayName("is refused with a value that there is not")
        void refused() throws Exception {
            assertThat(helm("template", "flowguard", CHART.toString(), "--kube-version", "1.33.0", "--set", "mode=deny")
                            .exitCode())
                    .isNotZero();
            assertThat(helm("template", "flowguard", CHART.toString(), "--set", "replica=2")
                            .exitCode())
                    .isNotZero();
        }

        @Test
        @DisplayName("has nothing that helm lint warns of")
        void lint() throws Exception {
            Run run = helm("lint", "--strict", CHART.toString());
            assertThat(run.exitCode()).as(run.out()).isZero();
        }

        private List<ObjectNode> template(String... options) throws Exception {
            Run run = helm(Stream.concat(
                            Stream.of("template", "flowguard", CHART.toString(), "--kube-version", "1.33.0"),
                            Arrays.stream(options))
                    .toArray(String[]::new));
            assertThat(run.exitCode()).as(run.out()).isZero();
            return Yaml.documents(run.out());
        }

        private Run helm(String... arguments) throws Exception {
            assumeTrue(onPath(), "skipped: helm is not on the PATH");
            Process process = new ProcessBuilder(Stream.concat(Stream.of("helm"), Arrays.stream(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), out);
        }

        private static boolean onPath() {
            return Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "helm")));
        }
    }

    private record Run(int exitCode, String out) {}

    private static ObjectNode withStrictEnvironment(ObjectNode object) {
        if (object.get("kind").asText().equals("Deployment")) {
            ArrayNode own = (ArrayNode) object.at("/spec/template/spec/containers/0/env");
            List<JsonNode> known = new ArrayList<>();
            Installation.of("default").container().get("env").forEach(known::add);
            Installation.of("strict").container().get("env").forEach(variable -> {
                if (!known.contains(variable)) {
                    own.add(variable);
                }
            });
        }
        return object;
    }

    private static void assertFile(String name, List<ObjectNode> objects) throws IOException {
        ArrayNode list = JSON.createArrayNode();
        objects.forEach(list::add);
        Golden.assertSame(CHART.resolve("files/" + name + ".json"), list.toPrettyString() + "\n");
    }

    private static boolean isCrd(ObjectNode object) {
        return object.get("kind").asText().equals("CustomResourceDefinition");
    }

    /** What differs by whose hand it is may differ: the label that names it, and that Helm is to keep the CRDs. */
    private static Map<String, ObjectNode> byName(List<ObjectNode> objects) {
        Map<String, ObjectNode> byName = new TreeMap<>();
        for (ObjectNode each : objects) {
            ObjectNode object = each.deepCopy();
            ObjectNode metadata = (ObjectNode) object.get("metadata");
            if (metadata.path("labels") instanceof ObjectNode labels) {
                labels.remove("app.kubernetes.io/managed-by");
            }
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove("helm.sh/resource-policy");
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
            byName.put(name(object), JSON.convertValue(JSON.convertValue(object, Object.class), ObjectNode.class));
        }
        return byName;
    }

    private static String name(JsonNode object) {
        return object.get("kind").asText() + " "
                + object.at("/metadata/namespace").asText("") + "/"
                + object.at("/metadata/name").asText();
    }
}
