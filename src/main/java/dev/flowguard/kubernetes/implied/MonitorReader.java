package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a Prometheus of the Prometheus Operator scrapes. */
final class MonitorReader {
    /** The operator gives it to the pods of each Prometheus, with the name of the object. */
    private static final String PROMETHEUS = "prometheus";

    private static final int HIGHEST_PORT = 65_535;

    private MonitorReader() {}

    static List<Fact> prometheus(JsonNode prometheus, ObjectRef itself) {
        JsonNode spec = prometheus.path("spec");
        return List.of(new Fact.Implied(new Implication.Scraper(
                itself,
                LabelSelector.ofLabels(Map.of(PROMETHEUS, itself.name())),
                choice(spec, "serviceMonitor", itself),
                choice(spec, "podMonitor", itself))));
    }

    /** No selector of monitors selects none, an empty one all; no selector of namespaces is the own one, an empty one all. */
    private static List<Implication.Choice> choice(JsonNode spec, String monitor, ObjectRef itself) {
        JsonNode namespaces = spec.path(monitor + "NamespaceSelector");
        Optional<Implication.Scope> scope = namespaces.isObject()
                ? Tree.selector(namespaces).map(Implication.Scope::matching)
                : Optional.of(Implication.Scope.named(List.of(itself.namespace())));
        return Tree.selector(spec.path(monitor + "Selector"))
                .flatMap(monitors -> scope.map(where -> new Implication.Choice(where, monitors)))
                .map(List::of)
                .orElse(List.of());
    }

    static List<Fact> serviceMonitor(JsonNode monitor, ObjectRef itself) {
        return monitor(monitor, itself, true, "endpoints", "port");
    }

    static List<Fact> podMonitor(JsonNode monitor, ObjectRef itself) {
        return monitor(monitor, itself, false, "podMetricsEndpoints", "port");
    }

    private static List<Fact> monitor(
            JsonNode monitor, ObjectRef itself, boolean ofServices, String endpoints, String port) {
        JsonNode spec = monitor.path("spec");
        List<String> ports = Tree.items(spec.path(endpoints))
                .map(endpoint -> Tree.text(endpoint.path(port)))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        List<PortMatch> targets = Tree.items(spec.path(endpoints))
                .filter(endpoint -> Tree.text(endpoint.path(port)).isEmpty())
                .flatMap(endpoint -> Stream.of(endpoint.path("targetPort"), endpoint.path("portNumber")))
                .flatMap(MonitorReader::port)
                .distinct()
                .toList();
        return Tree.selector(spec.path("selector"))
                .<List<Fact>>map(selector -> List.of(new Fact.Implied(new Implication.Monitor(
                        itself,
                        Tree.labels(monitor.path("metadata").path("labels")),
                        ofServices,
                        namespaces(spec.path("namespaceSelector"), itself),
                        selector,
                        ports,
                        targets))))
                .orElse(List.of());
    }

    private static Stream<PortMatch> port(JsonNode port) {
        if (port.isTextual()) {
            return Stream.of(new PortMatch.Named(Protocol.TCP, port.textValue()));
        }
        return port.isInt() && port.intValue() > 0 && port.intValue() <= HIGHEST_PORT
                ? Stream.of(PortMatch.Numbered.of(Protocol.TCP, port.intValue()))
                : Stream.empty();
    }

    private static Implication.Scope namespaces(JsonNode selector, ObjectRef itself) {
        if (selector.path("any").asBoolean(false)) {
            return Implication.Scope.EVERYWHERE;
        }
        List<String> names = Tree.texts(selector.path("matchNames"));
        return Implication.Scope.named(names.isEmpty() ? List.of(itself.namespace()) : names);
    }
}
