package dev.flowguard.cluster.implied;

import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods of an ingress controller reach the backends of the routes that it serves (DESIGN 10.5). */
final class IncomingTraffic {
    private static final String INGRESS_CLASS = "IngressClass";
    private static final String GATEWAY_CLASS = "GatewayClass";

    private final ImpliedFlows flows;
    private final List<Implication.Route> routes = new ArrayList<>();
    private final Map<ObjectRef, String> gateways = new HashMap<>();
    private final Map<String, String> ingressControllers = new HashMap<>();
    private final Map<String, String> gatewayControllers = new HashMap<>();
    private final Map<String, List<FlowEnd>> seen = new HashMap<>();
    private String defaultClass = "";

    IncomingTraffic(ImpliedFlows flows, List<Implication> clusterWide, List<Needs> needs) {
        this.flows = flows;
        Implication.Visitor reader = new Implication.Visitor() {
            @Override
            public void controller(Implication.Controller controller) {
                take(controller);
            }

            @Override
            public void gateway(Implication.Gateway gateway) {
                gateways.put(gateway.by(), gateway.gatewayClass());
            }

            @Override
            public void route(Implication.Route route) {
                routes.add(route);
            }
        };
        Stream.concat(clusterWide.stream(), needs.stream().flatMap(each -> each.implications().stream()))
                .forEach(implication -> implication.accept(reader));
        for (Needs each : needs) {
            each.entrances()
                    .forEach(entrance -> seen.computeIfAbsent(entrance.controller(), controller -> new ArrayList<>())
                            .add(new FlowEnd.OwnedBy(
                                    new ObjectRef(
                                            entrance.owner().kind(),
                                            each.namespace().name(),
                                            entrance.owner().name()),
                                    true,
                                    entrance.nodes())));
        }
    }

    private void take(Implication.Controller controller) {
        String name = controller.by().name();
        if (controller.by().kind().equals(INGRESS_CLASS)) {
            ingressControllers.put(name, controller.controller());
            if (controller.isDefault()) {
                defaultClass = name;
            }
        } else if (controller.by().kind().equals(GATEWAY_CLASS)) {
            gatewayControllers.put(name, controller.controller());
        }
    }

    void add() {
        for (Implication.Route route : routes) {
            for (FlowEnd from : entrances(route.entrance())) {
                for (Implication.Backend backend : route.backends()) {
                    flows.add(
                            ImpliedKind.INGRESS,
                            route.by(),
                            backend.namespace(),
                            from,
                            new FlowEnd.ServicePods(backend.namespace(), backend.service()),
                            ports(backend));
                }
            }
        }
    }

    private List<FlowEnd> entrances(Implication.Entrance entrance) {
        if (entrance.openShift()) {
            return pods(IngressControllers.OPENSHIFT_ROUTER);
        }
        if (entrance.ingress()) {
            return ofClass(entrance.ingressClass()).stream()
                    .flatMap(controller -> pods(controller).stream())
                    .toList();
        }
        return entrance.gateways().stream().flatMap(this::ofGateway).toList();
    }

    private List<FlowEnd> pods(String controller) {
        List<FlowEnd> found = seen.getOrDefault(controller, List.of());
        return found.isEmpty() ? IngressControllers.unseen(controller) : found;
    }

    private Optional<String> ofClass(String written) {
        String name = written.isEmpty() ? defaultClass : written;
        boolean onlyOne = name.isEmpty() && ingressControllers.size() == 1;
        return onlyOne
                ? ingressControllers.values().stream().findFirst()
                : Optional.ofNullable(ingressControllers.get(name)).or(() -> IngressControllers.usualOf(name));
    }

    /** Controllers that make pods for each Gateway label them with its name; others have pods of their own. */
    private Stream<FlowEnd> ofGateway(ObjectRef gateway) {
        @Nullable String gatewayClass = gateways.get(gateway);
        @Nullable String controller = gatewayClass == null ? null : gatewayControllers.get(gatewayClass);
        List<FlowEnd> own = controller == null ? List.of() : pods(controller);
        if (!own.isEmpty()) {
            return own.stream();
        }
        return Stream.of(new FlowEnd.Pods(
                LabelSelector.namespaceNamed(gateway.namespace()),
                LabelSelector.ofLabels(Map.of(IngressControllers.GATEWAY_NAME, gateway.name()))));
    }

    private static FlowPorts ports(Implication.Backend backend) {
        if (!backend.portName().isEmpty()) {
            return new FlowPorts.OfService(List.of(new PortMatch.Named(Protocol.TCP, backend.portName())));
        }
        return backend.port() == 0
                ? new FlowPorts.Every()
                : new FlowPorts.OfService(List.of(PortMatch.Numbered.of(Protocol.TCP, backend.port())));
    }
}
