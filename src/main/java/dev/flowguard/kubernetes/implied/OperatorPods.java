package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.PodShape;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The pods that operators make at run time for a custom resource, with the labels and named ports that they give them. The table is the
 * resource {@value #TABLE}: each row says where its knowledge is from.
 */
final class OperatorPods {
    private static final String TABLE = "/operator-pods.json";

    /**
     * A row of the table.
     *
     * @param pods how the pods are called
     * @param when a path that the resource must have; empty: none
     * @param labels in which {@code ${name}} and {@code ${namespace}} are those of the resource
     * @param labelsFrom paths to labels in the resource that its pods get as well
     * @param portsWith ports that the pods have as well if the resource has that path
     * @param containersFrom paths to containers in the resource that its pods get as well; their ports go before others of that name
     */
    private record Row(
            String pods,
            String when,
            Map<String, String> labels,
            List<String> labelsFrom,
            Map<String, Integer> ports,
            Map<String, Map<String, Integer>> portsWith,
            List<String> containersFrom) {}

    /** Read only where there is an object that is none of Kubernetes' own: most folders have none. */
    private static final class Rows {
        private static final Map<String, List<Row>> ALL = read();
    }

    private OperatorPods() {}

    /** Each as group and kind, with a slash between them. */
    static Stream<String> kinds() {
        return Rows.ALL.keySet().stream();
    }

    static boolean areMadeFor(String group, String kind) {
        return mayBeOfOperator(group) && Rows.ALL.containsKey(group + "/" + kind);
    }

    private static boolean mayBeOfOperator(String group) {
        boolean isOfKubernetes = !group.contains(".") || group.endsWith(".k8s.io");
        return !isOfKubernetes || group.equals("apiextensions.k8s.io");
    }

    /** What is known of the pods for that resource. */
    static List<Fact> of(String group, JsonNode resource, ObjectRef itself) {
        List<Fact> pods = new ArrayList<>();
        for (Row row : Rows.ALL.getOrDefault(group + "/" + itself.kind(), List.of())) {
            if (row.when().isEmpty() || isThere(resource, row.when())) {
                pods.add(new Fact.StandIn(template(row, resource, itself)));
            }
        }
        return pods;
    }

    /** A path, or a path and the text that must stand there. */
    private static boolean isThere(JsonNode resource, String condition) {
        int equals = condition.indexOf('=');
        JsonNode found = at(resource, equals < 0 ? condition : condition.substring(0, equals));
        return equals < 0
                ? !found.isMissingNode() && !found.isNull()
                : found.asText().equals(condition.substring(equals + 1));
    }

    private static Fact.Template template(Row row, JsonNode resource, ObjectRef itself) {
        UnaryOperator<String> filled =
                text -> text.replace("${name}", itself.name()).replace("${namespace}", itself.namespace());
        Map<String, String> labels = new TreeMap<>();
        row.labelsFrom()
                .forEach(path -> labels.putAll(Tree.labels(at(resource, path)).asMap()));
        row.labels().forEach((key, value) -> labels.put(key, filled.apply(value)));
        List<NamedPort> ports = new ArrayList<>();
        ports(row, resource)
                .forEach((name, number) ->
                        ports.add(new NamedPort(name, Protocol.TCP, number, NamedPort.Container.REGULAR)));
        return new Fact.Template(
                itself.namespace(),
                new Owner(itself.kind(), filled.apply(row.pods())),
                new PodShape(Labels.of(labels), ports, false),
                new PerPodLabels.Unforeseen());
    }

    private static Map<String, Integer> ports(Row row, JsonNode resource) {
        Map<String, Integer> ports = new TreeMap<>(row.ports());
        row.portsWith().forEach((path, more) -> {
            if (isThere(resource, path)) {
                ports.putAll(more);
            }
        });
        for (String path : row.containersFrom()) {
            Tree.items(at(resource, path))
                    .flatMap(container -> Tree.items(container.path("ports")))
                    .filter(port -> port.path("containerPort").isInt())
                    .forEach(port -> ports.put(
                            Tree.text(port.path("name")),
                            port.path("containerPort").intValue()));
        }
        return ports;
    }

    private static JsonNode at(JsonNode resource, String path) {
        return resource.at("/" + path.replace('.', '/'));
    }

    private static Map<String, List<Row>> read() {
        Map<String, List<Row>> rows = new HashMap<>();
        for (JsonNode row : table()) {
            rows.computeIfAbsent(
                            row.path("group").asText() + "/" + row.path("kind").asText(), key -> new ArrayList<>())
                    .add(new Row(
                            row.path("pods").asText("${name}"),
                            row.path("when").asText(),
                            Tree.labels(row.path("labels")).asMap(),
                            Tree.texts(row.path("labelsFrom")),
                            ports(row.path("ports")),
                            portsWith(row.path("portsWith")),
                            Tree.texts(row.path("containersFrom"))));
        }
        return rows;
    }

    private static Map<String, Integer> ports(JsonNode ports) {
        Map<String, Integer> numbers = new TreeMap<>();
        ports.fields()
                .forEachRemaining(
                        port -> numbers.put(port.getKey(), port.getValue().asInt()));
        return numbers;
    }

    private static Map<String, Map<String, Integer>> portsWith(JsonNode byPath) {
        Map<String, Map<String, Integer>> ports = new TreeMap<>();
        byPath.fields().forEachRemaining(entry -> ports.put(entry.getKey(), ports(entry.getValue())));
        return ports;
    }

    private static JsonNode table() {
        try (InputStream table = OperatorPods.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("The program lacks its resource " + TABLE);
            }
            return new ObjectMapper().readTree(table);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + TABLE + " cannot be read", e);
        }
    }
}
