package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.stream.Stream;

/** Reads the classes of ingress controllers, Gateways, and the routes by which traffic comes in. */
final class RouteReader {
    private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";
    private static final String GATEWAY = "Gateway";
    private static final String SERVICE = "Service";

    private RouteReader() {}

    static List<Fact> ingressClass(JsonNode ingressClass, ObjectRef itself) {
        String isDefault =
                Tree.text(ingressClass.path("metadata").path("annotations").path(DEFAULT_CLASS));
        return List.of(new Fact.Implied(new Implication.Controller(
                itself, Tree.text(ingressClass.path("spec").path("controller")), isDefault.equals("true"))));
    }

    static List<Fact> gatewayClass(JsonNode gatewayClass, ObjectRef itself) {
        return List.of(new Fact.Implied(new Implication.Controller(
                itself, Tree.text(gatewayClass.path("spec").path("controllerName")), false)));
    }

    static List<Fact> gateway(JsonNode gateway, ObjectRef itself) {
        return List.of(new Fact.Implied(
                new Implication.Gateway(itself, Tree.text(gateway.path("spec").path("gatewayClassName")))));
    }

    static List<Fact> gatewayRoute(JsonNode route, ObjectRef itself) {
        JsonNode spec = route.path("spec");
        List<ObjectRef> gateways = Tree.items(spec.path("parentRefs"))
                .filter(parent -> Tree.textOr(parent.path("kind"), GATEWAY).equals(GATEWAY))
                .map(parent -> new ObjectRef(
                        GATEWAY,
                        Tree.textOr(parent.path("namespace"), itself.namespace()),
                        Tree.text(parent.path("name"))))
                .distinct()
                .toList();
        List<Implication.Backend> backends = Tree.items(spec.path("rules"))
                .flatMap(rule -> Tree.items(rule.path("backendRefs")))
                .filter(backend -> Tree.textOr(backend.path("kind"), SERVICE).equals(SERVICE))
                .map(backend -> new Implication.Backend(
                        Tree.textOr(backend.path("namespace"), itself.namespace()),
                        Tree.text(backend.path("name")),
                        "",
                        backend.path("port").asInt(0)))
                .distinct()
                .toList();
        return route(itself, Implication.Entrance.ofGateways(gateways), backends);
    }

    static List<Fact> openShiftRoute(JsonNode route, ObjectRef itself) {
        JsonNode spec = route.path("spec");
        String port = Tree.text(spec.path("port").path("targetPort"));
        List<Implication.Backend> backends = Stream.concat(
                        Stream.of(spec.path("to")), Tree.items(spec.path("alternateBackends")))
                .filter(backend -> Tree.textOr(backend.path("kind"), SERVICE).equals(SERVICE))
                .map(backend -> new Implication.Backend(itself.namespace(), Tree.text(backend.path("name")), port, 0))
                .distinct()
                .toList();
        return route(itself, Implication.Entrance.OF_OPENSHIFT, backends);
    }

    private static List<Fact> route(
            ObjectRef itself, Implication.Entrance entrance, List<Implication.Backend> backends) {
        List<Implication.Backend> named = backends.stream()
                .filter(backend -> !backend.service().isEmpty())
                .toList();
        return named.isEmpty() ? List.of() : List.of(new Fact.Implied(new Implication.Route(itself, entrance, named)));
    }
}
