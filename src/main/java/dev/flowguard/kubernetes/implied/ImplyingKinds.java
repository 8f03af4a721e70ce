package dev.flowguard.kubernetes.implied;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds that show what traffic is needed, by API group and kind. */
public final class ImplyingKinds {
    /** Reads what an object tells. */
    @FunctionalInterface
    public interface Reader {
        List<Fact> read(JsonNode object, ObjectRef itself);
    }

    /** A kind and how it is read. */
    public record Kind(boolean namespaced, Reader reader) {}

    private static final String ROUTES = "gateway.networking.k8s.io/";

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            clusterScoped("admissionregistration.k8s.io/ValidatingWebhookConfiguration", CalledServiceReader::webhooks),
            clusterScoped("admissionregistration.k8s.io/MutatingWebhookConfiguration", CalledServiceReader::webhooks),
            clusterScoped("apiextensions.k8s.io/CustomResourceDefinition", CalledServiceReader::definition),
            clusterScoped("apiregistration.k8s.io/APIService", CalledServiceReader::apiService),
            namespaced("/ServiceAccount", AccountReader::account),
            namespaced("rbac.authorization.k8s.io/RoleBinding", AccountReader::binding),
            clusterScoped("rbac.authorization.k8s.io/ClusterRoleBinding", AccountReader::binding),
            namespaced("monitoring.coreos.com/Prometheus", MonitorReader::prometheus),
            namespaced("monitoring.coreos.com/ServiceMonitor", MonitorReader::serviceMonitor),
            namespaced("monitoring.coreos.com/PodMonitor", MonitorReader::podMonitor),
            clusterScoped("networking.k8s.io/IngressClass", RouteReader::ingressClass),
            clusterScoped(ROUTES + "GatewayClass", RouteReader::gatewayClass),
            namespaced(ROUTES + "Gateway", RouteReader::gateway),
            namespaced(ROUTES + "HTTPRoute", RouteReader::gatewayRoute),
            namespaced(ROUTES + "GRPCRoute", RouteReader::gatewayRoute),
            namespaced(ROUTES + "TLSRoute", RouteReader::gatewayRoute),
            namespaced(ROUTES + "TCPRoute", RouteReader::gatewayRoute),
            namespaced("route.openshift.io/Route", RouteReader::openShiftRoute));

    private ImplyingKinds() {}

    private static Map.Entry<String, Kind> namespaced(String groupAndKind, Reader reader) {
        return Map.entry(groupAndKind, new Kind(true, reader));
    }

    private static Map.Entry<String, Kind> clusterScoped(String groupAndKind, Reader reader) {
        return Map.entry(groupAndKind, new Kind(false, reader));
    }

    /** As kubectl names them. */
    public static Stream<String> names() {
        return Stream.concat(KINDS.keySet().stream(), OperatorPods.kinds())
                .map(ImplyingKinds::qualified)
                .distinct();
    }

    /** Those that are not there for an operator's pods alone, each by its name without a group, and whether its objects live in namespaces. */
    public static Map<String, Boolean> namespacedByName() {
        return KINDS.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().substring(entry.getKey().indexOf('/') + 1),
                        entry -> entry.getValue().namespaced()));
    }

    private static String qualified(String groupAndKind) {
        int slash = groupAndKind.indexOf('/');
        String kind = groupAndKind.substring(slash + 1);
        return slash == 0 ? kind : kind + "." + groupAndKind.substring(0, slash);
    }

    /** The kind, if it shows anything: by itself, or as one for which an operator makes pods. */
    public static Optional<Kind> of(String group, String kind) {
        @Nullable Kind known = KINDS.get(group + "/" + kind);
        boolean hasPods = OperatorPods.areMadeFor(group, kind);
        if (known == null && !hasPods) {
            return Optional.empty();
        }
        Reader reader = (object, itself) -> Stream.concat(
                        known == null ? Stream.<Fact>empty() : known.reader().read(object, itself).stream(),
                        hasPods ? OperatorPods.of(group, object, itself).stream() : Stream.empty())
                .toList();
        return Optional.of(new Kind(known == null || known.namespaced(), reader));
    }

    /** Whether it is known which pods an operator makes for the resources of that kind. */
    public static boolean haveKnownPods(String group, String kind) {
        return OperatorPods.areMadeFor(group, kind);
    }
}
