package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.assess.FlowState;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.NamespaceMode;
import dev.flowguard.net.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of FlowContract and ClusterFlowContract: what they take, what they refuse, and that they read well. */
class ContractSchemaTest {
    private static final Path CASES = Path.of("src/test/resources/contracts");

    @DisplayName("is taken")
    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void takes(ObjectNode contract) {
        assertThat(SchemaCheck.mistakesIn(contract)).isEmpty();
    }

    static Stream<Named<ObjectNode>> good() {
        return Stream.of(Path.of("deploy/demo/contracts.yaml"), CASES.resolve("accepted.yaml"))
                .flatMap(ContractSchemaTest::named);
    }

    @DisplayName("is refused, and told why")
    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses(ObjectNode contract) {
        String expected = contract.at("/metadata/annotations/expect").asText();
        assertThat(expected).isNotEmpty();
        assertThat(SchemaCheck.mistakesIn(contract))
                .anySatisfy(mistake -> assertThat(mistake).contains(expected));
    }

    static Stream<Named<ObjectNode>> bad() {
        return named(CASES.resolve("refused.yaml"));
    }

    @DisplayName("every CEL rule refuses at least one of the cases")
    @ParameterizedTest
    @MethodSource("schemas")
    void rulesAreTested(Schema schema) {
        String kind = schema.definition().at("/spec/names/kind").asText();
        List<String> said = Yaml.documents(CASES.resolve("refused.yaml")).stream()
                .flatMap(contract -> SchemaCheck.mistakesIn(contract).stream())
                .toList();
        schema.fields()
                .forEach((path, field) -> field.path("x-kubernetes-validations")
                        .forEach(rule -> assertThat(said)
                                .as(kind + " " + path)
                                .anySatisfy(mistake -> assertThat(mistake)
                                        .contains(rule.get("message").asText()))));
    }

    @DisplayName("kubectl explain has a sentence for every field")
    @ParameterizedTest
    @MethodSource("schemas")
    void describesEveryField(Schema schema) {
        schema.fields().forEach((path, field) -> {
            boolean isPlainItem = path.endsWith("[]") && !field.has("properties") || path.endsWith("{}");
            if (!path.equals("metadata") && !isPlainItem) {
                assertThat(field.path("description").asText()).as(path).endsWith(".");
            }
        });
    }

    @DisplayName("uses only keywords that the check understands, and bounds every list, map and text of spec")
    @ParameterizedTest
    @MethodSource("schemas")
    void isBounded(Schema schema) {
        schema.fields().forEach((path, field) -> {
            assertThat(Schema.KEYWORDS).as(path).containsAll(names(field));
            if (path.startsWith("spec")) {
                String type = field.path("type").asText();
                assertThat(!type.equals("array") || field.has("maxItems"))
                        .as(path)
                        .isTrue();
                assertThat(!field.has("additionalProperties") || field.has("maxProperties"))
                        .as(path)
                        .isTrue();
                assertThat(!type.equals("string") || field.has("enum") || field.has("maxLength"))
                        .as(path)
                        .isTrue();
            }
        });
    }

    static Stream<Named<Schema>> schemas() {
        return Stream.of(Schema.FLOW_CONTRACT, Schema.CLUSTER_FLOW_CONTRACT)
                .map(schema ->
                        Named.of(schema.definition().at("/spec/names/kind").asText(), schema));
    }

    @Test
    @DisplayName("the two kinds have the same fields and differ only in what they must")
    void kindsAgree() {
        Map<String, JsonNode> flow = Schema.FLOW_CONTRACT.fields();
        Map<String, JsonNode> cluster = Schema.CLUSTER_FLOW_CONTRACT.fields();
        Set<String> more = new TreeSet<>(cluster.keySet());
        more.removeAll(flow.keySet());
        assertThat(more)
                .as("only what speaks for the whole cluster may be out of reach of a Namespace's mode")
                .containsExactly("spec.namespaceMode");
        assertThat(cluster.keySet()).containsAll(flow.keySet());
        Set<String> different = new TreeSet<>();
        flow.forEach((path, field) -> {
            if (!withoutChildren(field).equals(withoutChildren(cluster.getOrDefault(path, field)))) {
                different.add(path);
            }
        });
        assertThat(different)
                .as("a Service needs a namespace, and no end has a namespace of its own")
                .containsExactly("spec.flows[]", "spec.flows[].from.service", "spec.flows[].to.service");
        assertThat(versionWithoutSchema(Schema.CLUSTER_FLOW_CONTRACT))
                .isEqualTo(versionWithoutSchema(Schema.FLOW_CONTRACT));
    }

    @Test
    @DisplayName("names, short names, scope and columns")
    void names() {
        JsonNode flow = Schema.FLOW_CONTRACT.definition().get("spec");
        JsonNode cluster = Schema.CLUSTER_FLOW_CONTRACT.definition().get("spec");
        assertThat(flow.at("/names/kind").asText()).isEqualTo(ContractSource.FLOW_CONTRACT);
        assertThat(cluster.at("/names/kind").asText()).isEqualTo(ContractSource.CLUSTER_FLOW_CONTRACT);
        assertThat(Yaml.texts(flow.at("/names/shortNames"))).containsExactly("fc");
        assertThat(Yaml.texts(cluster.at("/names/shortNames"))).containsExactly("cfc");
        assertThat(flow.get("scope").asText()).isEqualTo("Namespaced");
        assertThat(cluster.get("scope").asText()).isEqualTo("Cluster");
        assertThat(flow.at("/versions/0/name").asText()).isEqualTo("v1alpha1");
        assertThat(flow.at("/versions/0/subresources").has("status")).isTrue();
        assertThat(flow.at("/versions/0/additionalPrinterColumns").findValuesAsText("name"))
                .containsSubsequence("Flows", "Satisfied", "Ready", "Age");
    }

    @Test
    @DisplayName("the words of an enum are those that Flowguard knows")
    void enums() {
        Map<String, JsonNode> fields = Schema.FLOW_CONTRACT.fields();
        assertThat(words(fields, "spec.enforcement")).isEqualTo(set(Enforcement.values(), Enforcement::spelling));
        assertThat(words(Schema.CLUSTER_FLOW_CONTRACT.fields(), "spec.namespaceMode"))
                .isEqualTo(set(NamespaceMode.values(), NamespaceMode::spelling));
        assertThat(words(fields, "spec.flows[].expect")).isEqualTo(set(Expectation.values(), Expectation::spelling));
        assertThat(words(fields, "spec.flows[].to.wellKnown"))
                .isEqualTo(set(
                        FlowEnd.WellKnown.Name.DESTINATIONS.toArray(FlowEnd.WellKnown.Name[]::new),
                        FlowEnd.WellKnown.Name::spelling));
        assertThat(words(fields, "spec.flows[].from.wellKnown"))
                .isEqualTo(set(
                        FlowEnd.WellKnown.Name.SOURCES.toArray(FlowEnd.WellKnown.Name[]::new),
                        FlowEnd.WellKnown.Name::spelling));
        assertThat(words(fields, "spec.flows[].ports[].protocol"))
                .isEqualTo(set(Protocol.values(), Protocol::toString));
        assertThat(words(fields, "status.flows[].state")).isEqualTo(set(FlowState.values(), FlowState::spelling));
    }

    private static Stream<Named<ObjectNode>> named(Path file) {
        return Yaml.documents(file).stream()
                .map(contract -> Named.of(
                        contract.path("kind").asText() + " "
                                + contract.at("/metadata/name").asText(),
                        contract));
    }

    private static ObjectNode withoutChildren(JsonNode field) {
        ObjectNode own = field.deepCopy();
        own.remove(List.of("properties", "items", "additionalProperties", "description"));
        return own;
    }

    private static ObjectNode versionWithoutSchema(Schema schema) {
        ObjectNode version = schema.definition().at("/spec/versions/0").deepCopy();
        version.remove("schema");
        return version;
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static Set<String> words(Map<String, JsonNode> fields, String path) {
        return new TreeSet<>(Yaml.texts(Objects.requireNonNull(fields.get(path)).get("enum")));
    }

    private static <E> Set<String> set(E[] values, Function<E, String> spelling) {
        return Stream.of(values).map(spelling).collect(Collectors.toCollection(TreeSet::new));
    }
}
