package dev.flowguard.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Custom resources for which operators make pods, one of each kind, and a contract that speaks of those pods. */
final class OfOperators {
    private static final String NAME = "it";
    private static final String NAMESPACE = "data";

    /** By the kind as kubectl names it, one row of the table of operators' pods. */
    private static final Map<String, JsonNode> ROWS = rows();

    private OfOperators() {}

    static Set<String> kinds() {
        return ROWS.keySet();
    }

    /** One resource of each kind, with what its row asks for. */
    static String resources() {
        StringBuilder yaml = new StringBuilder();
        ROWS.values()
                .forEach(row -> yaml.append("""
                    apiVersion: %s/v1
                    kind: %s
                    metadata: {name: %s, namespace: %s}
                    spec: {acme: {server: a}, template: {metadata: {labels: {of: it}}}}
                    ---
                    """.formatted(
                                row.path("group").asText(), row.path("kind").asText(), NAME, NAMESPACE)));
        return yaml.toString();
    }

    /** A flow from the pods of each kind, which is called like it. */
    static String contract() {
        StringBuilder yaml = new StringBuilder("""
            apiVersion: flowguard.dev/v1alpha1
            kind: FlowContract
            metadata: {name: operators, namespace: data}
            spec:
              flows:
            """);
        ROWS.forEach((kind, row) -> yaml.append("""
              - name: %s
                from: {podSelector: {matchLabels: %s}}
                to: {podSelector: {matchLabels: {app: db}}}
                ports: [{port: 5432}]
            """.formatted(flow(kind), filled(row.path("labels")))));
        return yaml.toString();
    }

    /** Those of the pods that are made for the resource, as a mapping in YAML. */
    static String labels(String kind) {
        return filled(Objects.requireNonNull(ROWS.get(kind)).path("labels"));
    }

    /** The name of that flow. */
    static String flow(String kind) {
        return kind.toLowerCase(Locale.ROOT).replace('.', '-');
    }

    /** Pods of a kind without labels of its own have those of its template. */
    private static String filled(JsonNode labels) {
        return labels.isEmpty()
                ? "{of: it}"
                : labels.toString().replace("${name}", NAME).replace("${namespace}", NAMESPACE);
    }

    private static Map<String, JsonNode> rows() {
        try (InputStream table = OfOperators.class.getResourceAsStream("/operator-pods.json")) {
            Map<String, JsonNode> rows = new TreeMap<>();
            StreamSupport.stream(new JsonMapper().readTree(table).spliterator(), false)
                    .filter(row -> row.path("when").isMissingNode()
                            || row.path("when").asText().equals("spec.acme"))
                    .forEach(row -> rows.putIfAbsent(
                            row.path("kind").asText() + "." + row.path("group").asText(), row));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
