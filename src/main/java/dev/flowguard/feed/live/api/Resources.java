package dev.flowguard.feed.live.api;

import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds that are followed. */
public final class Resources {
    public static final Resource NETWORK_POLICIES =
            Resource.of("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", Role.ESSENTIAL);

    /** Pods that have ended tell nothing (SEMANTICS N1), and a cluster may keep thousands of them. */
    private static final String NOT_ENDED = "status.phase!=Succeeded,status.phase!=Failed";

    /** Followed in every cluster. */
    public static final List<Resource> ALWAYS = List.of(
            Resource.of("v1", "namespaces", "Namespace", Role.ESSENTIAL),
            NETWORK_POLICIES,
            Resource.of("v1", "pods", "Pod", Role.ESSENTIAL).selecting(NOT_ENDED),
            Resource.of("v1", "services", "Service", Role.SERVICE),
            Resource.of("networking.k8s.io/v1", "ingresses", "Ingress", Role.INGRESS),
            Resource.of("discovery.k8s.io/v1", "endpointslices", "EndpointSlice", Role.ENDPOINTS),
            Resource.of("v1", "nodes", "Node", Role.NODE),
            Resource.of("apps/v1", "deployments", "Deployment", Role.TEMPLATE),
            Resource.of("apps/v1", "replicasets", "ReplicaSet", Role.TEMPLATE),
            Resource.of("apps/v1", "statefulsets", "StatefulSet", Role.TEMPLATE),
            Resource.of("apps/v1", "daemonsets", "DaemonSet", Role.TEMPLATE),
            Resource.of("batch/v1", "jobs", "Job", Role.TEMPLATE),
            Resource.of("batch/v1", "cronjobs", "CronJob", Role.TEMPLATE),
            Resource.of("v1", "replicationcontrollers", "ReplicationController", Role.TEMPLATE),
            implying("v1", "serviceaccounts", "ServiceAccount"),
            implying("rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding"),
            implying("rbac.authorization.k8s.io/v1", "clusterrolebindings", "ClusterRoleBinding"),
            implying(
                    "admissionregistration.k8s.io/v1",
                    "validatingwebhookconfigurations",
                    "ValidatingWebhookConfiguration"),
            implying(
                    "admissionregistration.k8s.io/v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
            implying("apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition"),
            implying("apiregistration.k8s.io/v1", "apiservices", "APIService"),
            implying("networking.k8s.io/v1", "ingressclasses", "IngressClass"),
            Resource.of("flowguard.dev/v1alpha1", "flowcontracts", "FlowContract", Role.CONTRACT),
            Resource.of("flowguard.dev/v1alpha1", "clusterflowcontracts", "ClusterFlowContract", Role.CONTRACT));

    /** What tells which of the other policies the cluster serves. */
    public static final Resource DISCOVERY = Resource.of("v1", "apis", "APIGroup", Role.OTHER_POLICY);

    /** Policies that are not evaluated, by API group and kind; followed while the cluster serves them. */
    public static final Map<String, Set<String>> OTHER_POLICIES = Map.of(
            "policy.networking.k8s.io",
            Set.of("AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"),
            "cilium.io",
            Set.of("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"),
            "projectcalico.org",
            Set.of("NetworkPolicy", "GlobalNetworkPolicy"),
            "crd.projectcalico.org",
            Set.of("NetworkPolicy", "GlobalNetworkPolicy"),
            "crd.antrea.io",
            Set.of("NetworkPolicy", "ClusterNetworkPolicy"),
            "k8s.ovn.org",
            Set.of("EgressFirewall"),
            "network.openshift.io",
            Set.of("EgressNetworkPolicy"),
            "networking.k8s.aws",
            Set.of("ApplicationNetworkPolicy", "ClusterNetworkPolicy"),
            "networking.gke.io",
            Set.of("FQDNNetworkPolicy"));

    private static final Set<String> CALICO = Set.of(
            "Tier",
            "NetworkSet",
            "GlobalNetworkSet",
            "HostEndpoint",
            "StagedNetworkPolicy",
            "StagedGlobalNetworkPolicy",
            "StagedKubernetesNetworkPolicy");

    /** Whose labels selectors of Calico look at. */
    private static final Resource SERVICE_ACCOUNTS =
            Resource.of("v1", "serviceaccounts", "ServiceAccount", Role.SIDE_INPUT);

    /** What such policies depend on, by API group and kind; followed while the cluster serves them. */
    static final Map<String, Set<String>> SIDE_INPUTS = Map.of(
            "cilium.io", Set.of("CiliumCIDRGroup"), "projectcalico.org", CALICO, "crd.projectcalico.org", CALICO);

    /** Objects of other groups that are followed where policies of a group are served. */
    static final Map<String, Resource> SETTINGS = Map.of(
            "cilium.io",
            Resource.of("v1", "configmaps", "ConfigMap", Role.SIDE_INPUT).named("kube-system", "cilium-config"),
            "projectcalico.org",
            SERVICE_ACCOUNTS,
            "crd.projectcalico.org",
            SERVICE_ACCOUNTS);

    /** Kinds that show what traffic is needed, by API group and kind; followed while the cluster serves them. */
    static final Map<String, Set<String>> IMPLYING = Map.of(
            "monitoring.coreos.com",
            Set.of("Prometheus", "ServiceMonitor", "PodMonitor"),
            "gateway.networking.k8s.io",
            Set.of("GatewayClass", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"),
            "route.openshift.io",
            Set.of("Route"));

    /** Those of the group's kinds that are followed while they are served. */
    static Set<String> kindsIn(String group) {
        return OTHER_POLICIES.getOrDefault(group, IMPLYING.getOrDefault(group, Set.of()));
    }

    /** A kind of such a group, as it is served. */
    static Resource found(String group, String version, String plural, String kind) {
        return IMPLYING.containsKey(group)
                ? implying(group + "/" + version, plural, kind)
                : Resource.otherPolicy(group, version, plural, kind);
    }

    private static Resource implying(String apiVersion, String plural, String kind) {
        return Resource.of(apiVersion, plural, kind, Role.IMPLYING);
    }

    private Resources() {}

    /** Whether the reference is to a policy of another kind, by the name that references to such have. */
    public static boolean isOtherPolicy(ObjectRef ref) {
        int dot = ref.kind().indexOf('.');
        return dot > 0
                && OTHER_POLICIES
                        .getOrDefault(ref.kind().substring(dot + 1), Set.of())
                        .contains(ref.kind().substring(0, dot));
    }

    /** The kind of that name among those that are followed in every cluster. */
    public static Optional<Resource> find(String kind) {
        return ALWAYS.stream()
                .filter(resource -> resource.refKind().equals(kind))
                .findFirst();
    }

    public static Resource of(String kind) {
        return find(kind).orElseThrow();
    }
}
