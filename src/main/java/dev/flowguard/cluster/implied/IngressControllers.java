package dev.flowguard.cluster.implied;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pods of ingress controllers, by what their IngressClass or GatewayClass calls them and the labels that their own charts and
 * manifests give to pods. In which namespace they run is the installer's choice.
 */
public final class IngressControllers {
    /** OpenShift's router is of no class: it serves the routes. */
    static final String OPENSHIFT_ROUTER = "openshift.io/ingress-to-route";

    /** The label of pods that are made for a Gateway (Gateway API, GEP-1762). */
    static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    /** How manifests that are older than the recommended labels, or written by hand, name an application. */
    private static final List<String> OTHER_NAMES = List.of("app", "k8s-app");

    /** Pods of the same charts that take no traffic from outside. */
    private static final List<String> OTHER_COMPONENTS =
            List.of("admission-webhook", "default-backend", "defaultbackend", "certgen");

    private static final Map<String, List<LabelSelector>> PODS = Map.ofEntries(
            // The chart and deploy/static of kubernetes/ingress-nginx.
            Map.entry("k8s.io/ingress-nginx", named("ingress-nginx")),
            // The chart of nginx/kubernetes-ingress.
            Map.entry("nginx.org/ingress-controller", named("nginx-ingress")),
            // The chart of traefik; its Gateway controller is the same pod.
            Map.entry("traefik.io/ingress-controller", named("traefik")),
            Map.entry("traefik.io/gateway-controller", named("traefik")),
            // The charts of haproxytech and of jcmoraisjr.
            Map.entry("haproxy.org/ingress-controller/haproxy", named("kubernetes-ingress")),
            Map.entry("haproxy-ingress.github.io/controller", named("haproxy-ingress")),
            // The chart of Kong: the proxy, whichever release deploys it.
            Map.entry(
                    "ingress-controllers.konghq.com/kong",
                    List.of(new LabelSelector(List.of(Requirement.in(NAME, List.of("kong", "gateway", "ingress")))))),
            // Istio's default ingress gateway.
            Map.entry(
                    "istio.io/ingress-controller", List.of(LabelSelector.ofLabels(Map.of("istio", "ingressgateway")))),
            // The quickstart and the chart of projectcontour: Envoy is what reaches backends.
            Map.entry(
                    "projectcontour.io/ingress-controller",
                    List.of(
                            LabelSelector.ofLabels(Map.of("app", "envoy")),
                            LabelSelector.ofLabels(Map.of(NAME, "contour", COMPONENT, "envoy")))),
            // The charts of apisix, whose gateway reaches backends, and of emissary-ingress.
            Map.entry("apisix.apache.org/apisix-ingress-controller", named("apisix")),
            Map.entry("getambassador.io/ingress-controller", named("emissary-ingress")),
            // The operator of OpenShift's routers.
            Map.entry(
                    OPENSHIFT_ROUTER,
                    List.of(new LabelSelector(List.of(Requirement.exists(
                            "ingresscontroller.operator.openshift.io/deployment-ingresscontroller"))))));

    /** Controllers that take Ingresses of a class even where no IngressClass object is seen, by its usual name. */
    private static final Map<String, String> USUAL = Map.of(
            "nginx", "k8s.io/ingress-nginx",
            "traefik", "traefik.io/ingress-controller",
            "haproxy", "haproxy-ingress.github.io/controller",
            "kong", "ingress-controllers.konghq.com/kong",
            "istio", "istio.io/ingress-controller",
            "contour", "projectcontour.io/ingress-controller",
            "apisix", "apisix.apache.org/apisix-ingress-controller",
            "ambassador", "getambassador.io/ingress-controller");

    private IngressControllers() {}

    /** Who of a namespace is a controller that is known. */
    static List<Needs.Entrance> in(NamespaceShard shard, Identities identities) {
        List<Needs.Entrance> entrances = new ArrayList<>();
        PODS.keySet()
                .forEach(controller -> workloads(shard, controller)
                        .flatMap(workload -> workload.owners().stream())
                        .forEach(owner ->
                                entrances.add(new Needs.Entrance(controller, owner, identities.nodes(owner)))));
        entrances.sort(Comparator.comparing(Needs.Entrance::controller)
                .thenComparing(entrance -> entrance.owner().kind())
                .thenComparing(entrance -> entrance.owner().name()));
        return entrances.stream().distinct().toList();
    }

    /** The pods of all controllers that are known, in all namespaces; none where the cluster has none. */
    public static List<Workload> in(Snapshot cluster) {
        return cluster.namespaces().stream()
                .flatMap(shard -> PODS.keySet().stream()
                        .flatMap(controller -> workloads(shard, controller))
                        .distinct()
                        .sorted(Comparator.comparing(Workload::index)))
                .toList();
    }

    private static Stream<Workload> workloads(NamespaceShard shard, String controller) {
        return PODS.getOrDefault(controller, List.of()).stream()
                .flatMap(selector -> shard.workloads(shard.select(selector)).stream());
    }

    /** Where no pod of it is seen; none where the controller is not known, or is no pod of the cluster. */
    static List<FlowEnd> unseen(String controller) {
        return PODS.getOrDefault(controller, List.of()).stream()
                .limit(1)
                .<FlowEnd>map(labels -> new FlowEnd.Pods(LabelSelector.EVERYTHING, labels))
                .toList();
    }

    /** The pods of an application, each by one of the selectors. */
    private static List<LabelSelector> named(String application) {
        List<String> names = List.of(application);
        List<LabelSelector> selectors = new ArrayList<>();
        selectors.add(new LabelSelector(
                List.of(Requirement.in(NAME, names), Requirement.notIn(COMPONENT, OTHER_COMPONENTS))));
        List<Requirement> without = new ArrayList<>(List.of(Requirement.doesNotExist(NAME)));
        for (String key : OTHER_NAMES) {
            List<Requirement> here = new ArrayList<>(without);
            here.add(Requirement.in(key, names));
            selectors.add(new LabelSelector(here));
            without.add(Requirement.doesNotExist(key));
        }
        return selectors;
    }

    /** The controller that a class of that name usually means. */
    static Optional<String> usualOf(String className) {
        return Optional.ofNullable(USUAL.get(className));
    }
}
