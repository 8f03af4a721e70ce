package dev.flowguard.cluster.implied;

import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pods of ingress controllers, by what their IngressClass or GatewayClass calls them and the labels that their own charts and
 * manifests give to pods. In which namespace they run is the installer's choice.
 */
final class IngressControllers {
    /** The label of pods that are made for a Gateway (Gateway API, GEP-1762). */
    static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    private static final String NAME = "app.kubernetes.io/name";

    private static final Map<String, LabelSelector> PODS = Map.ofEntries(
            // The chart and deploy/static of kubernetes/ingress-nginx.
            Map.entry(
                    "k8s.io/ingress-nginx",
                    LabelSelector.ofLabels(Map.of(NAME, "ingress-nginx", "app.kubernetes.io/component", "controller"))),
            // The chart of nginx/kubernetes-ingress.
            Map.entry("nginx.org/ingress-controller", LabelSelector.ofLabels(Map.of(NAME, "nginx-ingress"))),
            // The chart of traefik; its Gateway controller is the same pod.
            Map.entry("traefik.io/ingress-controller", LabelSelector.ofLabels(Map.of(NAME, "traefik"))),
            Map.entry("traefik.io/gateway-controller", LabelSelector.ofLabels(Map.of(NAME, "traefik"))),
            // The charts of haproxytech and of jcmoraisjr.
            Map.entry(
                    "haproxy.org/ingress-controller/haproxy",
                    LabelSelector.ofLabels(Map.of(NAME, "kubernetes-ingress"))),
            Map.entry("haproxy-ingress.github.io/controller", LabelSelector.ofLabels(Map.of(NAME, "haproxy-ingress"))),
            // The chart of Kong: the proxy, whichever release deploys it.
            Map.entry(
                    "ingress-controllers.konghq.com/kong",
                    new LabelSelector(List.of(Requirement.in(NAME, List.of("kong", "gateway", "ingress"))))),
            // Istio's default ingress gateway.
            Map.entry("istio.io/ingress-controller", LabelSelector.ofLabels(Map.of("istio", "ingressgateway"))),
            // The quickstart and the chart of projectcontour: Envoy is what reaches backends.
            Map.entry("projectcontour.io/ingress-controller", LabelSelector.ofLabels(Map.of("app", "envoy"))));

    /** Controllers that take Ingresses of a class even where no IngressClass object is seen, by its usual name. */
    private static final Map<String, String> USUAL = Map.of(
            "nginx", "k8s.io/ingress-nginx",
            "traefik", "traefik.io/ingress-controller",
            "haproxy", "haproxy-ingress.github.io/controller",
            "kong", "ingress-controllers.konghq.com/kong",
            "istio", "istio.io/ingress-controller",
            "contour", "projectcontour.io/ingress-controller");

    private IngressControllers() {}

    /** None where the controller is not known, or is no pod of the cluster. */
    static List<FlowEnd> pods(String controller) {
        @Nullable LabelSelector labels = PODS.get(controller);
        return labels == null ? List.of() : List.of(new FlowEnd.Pods(LabelSelector.EVERYTHING, labels));
    }

    /** The controller that a class of that name usually means. */
    static Optional<String> usualOf(String className) {
        return Optional.ofNullable(USUAL.get(className));
    }

    /** The pods of OpenShift's router, where they are on the pod network. */
    static FlowEnd openShiftRouter() {
        return new FlowEnd.Pods(
                LabelSelector.namespaceNamed("openshift-ingress"),
                new LabelSelector(List.of(
                        Requirement.exists("ingresscontroller.operator.openshift.io/deployment-ingresscontroller"))));
    }
}
