package dev.flowguard.kubernetes;

import dev.flowguard.kubernetes.field.ObjectKind;
import dev.flowguard.kubernetes.field.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kinds of policies beside NetworkPolicy that allow or block the traffic of pods. They are not evaluated, but what they concern
 * must not be called certain. Kinds that only configure a network plugin, route or mirror traffic, or stage a policy without
 * enforcing it are none of these.
 */
public final class OtherPolicyKinds {
    private static final String CALICO_MIRROR_OF_NETWORK_POLICY = "knp.default.";

    private static final Map<String, Map<String, Scope>> SCOPES = Map.of(
            "policy.networking.k8s.io",
            Map.of(
                    "AdminNetworkPolicy", Scope.CLUSTER,
                    "BaselineAdminNetworkPolicy", Scope.CLUSTER,
                    "ClusterNetworkPolicy", Scope.CLUSTER),
            "cilium.io",
            Map.of("CiliumNetworkPolicy", Scope.NAMESPACED, "CiliumClusterwideNetworkPolicy", Scope.CLUSTER),
            "projectcalico.org",
            calico(),
            "crd.projectcalico.org",
            calico(),
            "crd.antrea.io",
            Map.of("NetworkPolicy", Scope.NAMESPACED, "ClusterNetworkPolicy", Scope.CLUSTER),
            "k8s.ovn.org",
            Map.of("EgressFirewall", Scope.NAMESPACED),
            "network.openshift.io",
            Map.of("EgressNetworkPolicy", Scope.NAMESPACED),
            "networking.k8s.aws",
            Map.of("ApplicationNetworkPolicy", Scope.NAMESPACED, "ClusterNetworkPolicy", Scope.CLUSTER),
            "networking.gke.io",
            Map.of("FQDNNetworkPolicy", Scope.NAMESPACED));

    private OtherPolicyKinds() {}

    private static Map<String, Scope> calico() {
        return Map.of("NetworkPolicy", Scope.NAMESPACED, "GlobalNetworkPolicy", Scope.CLUSTER);
    }

    static Stream<String> names() {
        return SCOPES.entrySet().stream()
                .flatMap(group -> group.getValue().keySet().stream().map(kind -> kind + "." + group.getKey()));
    }

    /** The scope of that kind; empty if it is no kind of policy. */
    static Optional<Scope> scopeOf(ObjectKind kind) {
        return Optional.ofNullable(SCOPES.getOrDefault(kind.group(), Map.of()).get(kind.kind()));
    }

    /** Whether policies of that kind live in namespaces. */
    public static boolean isNamespaced(String group, String kind) {
        return SCOPES.getOrDefault(group, Map.of()).get(kind) == Scope.NAMESPACED;
    }

    /** Whether the object shows a NetworkPolicy once more, as Calico's API does under this name. */
    static boolean isMirror(ObjectKind kind, String name) {
        return kind.group().endsWith("projectcalico.org") && name.startsWith(CALICO_MIRROR_OF_NETWORK_POLICY);
    }
}
