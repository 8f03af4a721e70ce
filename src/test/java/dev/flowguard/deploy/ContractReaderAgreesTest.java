package dev.flowguard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.kubernetes.contract.ContractReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server takes by the schema, and what Flowguard reads: the same fields, the same mistakes. */
@DisplayName("the reader of contracts and the schema")
class ContractReaderAgreesTest {
    /** A field that no map has. */
    private static final String STRANGER = "zzz";

    private static final String EXPECTED = "is not a field here: expected ";

    /** A contract without flows is odd enough to be refused when it is written, and harmless to read. */
    private static final Set<String> ONLY_THE_SCHEMA_MINDS = Set.of("no-flows");

    @DisplayName("both take")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.ContractSchemaTest#good")
    void bothTake(ObjectNode contract) {
        assertThat(ContractReader.read(contract).problems()).isEmpty();
    }

    @DisplayName("both mind")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.flowguard.deploy.ContractSchemaTest#bad")
    void bothMind(ObjectNode contract) {
        boolean onlySchema =
                ONLY_THE_SCHEMA_MINDS.contains(contract.at("/metadata/name").asText());
        assertThat(ContractReader.read(contract).problems().isEmpty()).isEqualTo(onlySchema);
    }

    @Test
    @DisplayName("know the same fields, at every place of spec")
    void sameFields() {
        Set<String> places = new TreeSet<>();
        for (Schema schema : List.of(Schema.FLOW_CONTRACT, Schema.CLUSTER_FLOW_CONTRACT)) {
            String kind = schema.definition().at("/spec/names/kind").asText();
            Map<String, Set<String>> read = new TreeMap<>();
            ContractSchemaTest.good()
                    .map(contract -> contract.getPayload())
                    .filter(contract -> contract.path("kind").asText().equals(kind))
                    .forEach(contract -> collect(contract, contract, "", read));
            Map<String, Set<String>> written = fieldsOfMaps(schema);
            written.keySet().retainAll(read.keySet());
            assertThat(read).as(kind).isEqualTo(written);
            places.addAll(read.keySet());
        }
        assertThat(places).isEqualTo(fieldsOfMaps(Schema.FLOW_CONTRACT).keySet());
    }

    /** Puts a stranger into each map in turn; the reader's answer lists the fields that it expects there. */
    private static void collect(ObjectNode contract, JsonNode node, String path, Map<String, Set<String>> read) {
        if (node instanceof ObjectNode map && !path.endsWith("matchLabels")) {
            map.put(STRANGER, true);
            read.put(
                    path.replaceAll("\\[[0-9]+]", "[]"),
                    expected(contract, path.isEmpty() ? STRANGER : path + "." + STRANGER));
            map.remove(STRANGER);
            map.properties().stream()
                    .filter(field -> !path.isEmpty() || field.getKey().equals("spec"))
                    .forEach(field -> collect(
                            contract,
                            field.getValue(),
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                            read));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(contract, node.get(i), path + "[" + i + "]", read);
        }
    }

    private static Set<String> expected(JsonNode contract, String place) {
        List<String> messages = ContractReader.read(contract).problems().stream()
                .filter(problem -> problem.place().equals(place))
                .map(ContractProblem::message)
                .toList();
        assertThat(messages).as(place).singleElement().asString().startsWith(EXPECTED);
        return new TreeSet<>(
                List.of(messages.get(0).substring(EXPECTED.length()).split(", ")));
    }

    private static Map<String, Set<String>> fieldsOfMaps(Schema schema) {
        return schema.fields().entrySet().stream()
                .filter(field -> field.getKey().isEmpty() || field.getKey().startsWith("spec"))
                .filter(field -> field.getValue().has("properties"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> names(field.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static Set<String> names(JsonNode schema) {
        return schema.get("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
