package dev.flowguard.audit.api;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.kubernetes.field.Plural;
import dev.flowguard.policy.calico.CalicoPolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects of the kinds that contracts, annotations and policies are of, by their references. */
public final class ApiObjects {
    private static final String OF_CALICO = CalicoPolicy.qualified(CalicoPolicy.NAMESPACED_KIND);
    private static final String GLOBAL_OF_CALICO = CalicoPolicy.qualified(CalicoPolicy.GLOBAL_KIND);

    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "ClusterFlowContract",
            "Namespace",
            "CiliumClusterwideNetworkPolicy.cilium.io",
            "ClusterNetworkPolicy.policy.networking.k8s.io",
            "AdminNetworkPolicy.policy.networking.k8s.io",
            "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
            GLOBAL_OF_CALICO);
    private static final Map<String, String> API_VERSIONS = Map.ofEntries(
            Map.entry("FlowContract", "flowguard.dev/v1alpha1"),
            Map.entry("ClusterFlowContract", "flowguard.dev/v1alpha1"),
            Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
            Map.entry("CiliumNetworkPolicy.cilium.io", "cilium.io/v2"),
            Map.entry("CiliumClusterwideNetworkPolicy.cilium.io", "cilium.io/v2"),
            Map.entry("ClusterNetworkPolicy.policy.networking.k8s.io", "policy.networking.k8s.io/v1alpha2"),
            Map.entry("AdminNetworkPolicy.policy.networking.k8s.io", "policy.networking.k8s.io/v1alpha1"),
            Map.entry("BaselineAdminNetworkPolicy.policy.networking.k8s.io", "policy.networking.k8s.io/v1alpha1"),
            Map.entry(OF_CALICO, "projectcalico.org/v3"),
            Map.entry(GLOBAL_OF_CALICO, "projectcalico.org/v3"),
            Map.entry("Namespace", "v1"),
            Map.entry("Service", "v1"),
            Map.entry("Pod", "v1"),
            Map.entry("ReplicationController", "v1"),
            Map.entry("Deployment", "apps/v1"),
            Map.entry("ReplicaSet", "apps/v1"),
            Map.entry("StatefulSet", "apps/v1"),
            Map.entry("DaemonSet", "apps/v1"),
            Map.entry("Job", "batch/v1"),
            Map.entry("CronJob", "batch/v1"));

    private ApiObjects() {}

    /** Empty where the kind is none of these, as that of an owner that only an operator knows. */
    public static Optional<String> apiVersion(String kind) {
        return Optional.ofNullable(API_VERSIONS.get(kind));
    }

    /** The kind itself: references to policies of other kinds than NetworkPolicy have its group behind it. */
    public static String kind(ObjectRef object) {
        return object.kind().replaceFirst("\\..*", "");
    }

    /** Whether an object that is not found is gone, and not of a kind that the cluster does not have, or has in another API. */
    public static boolean isGoneWhereNotFound(KubernetesClient client, ObjectRef object) {
        return object.kind().indexOf('.') < 0
                || apiVersion(object.kind())
                        .filter(version -> client.supports(version, kind(object)))
                        .isPresent();
    }

    public static Optional<Resource<GenericKubernetesResource>> of(KubernetesClient client, ObjectRef object) {
        return apiVersion(object.kind()).map(apiVersion -> {
            boolean namespaced = isNamespaced(object.kind());
            var objects = client.genericKubernetesResources(definition(apiVersion, kind(object), namespaced));
            return namespaced
                    ? objects.inNamespace(object.namespace()).withName(object.name())
                    : objects.withName(object.name());
        });
    }

    /** To write what it says. */
    public static Resource<GenericKubernetesResource> of(KubernetesClient client, GenericKubernetesResource contract) {
        return client.genericKubernetesResources(
                        definition(contract.getApiVersion(), contract.getKind(), isNamespaced(contract.getKind())))
                .resource(contract);
    }

    private static ResourceDefinitionContext definition(String apiVersion, String kind, boolean namespaced) {
        int slash = apiVersion.indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(kind)
                .withPlural(Plural.of(kind))
                .withNamespaced(namespaced)
                .build();
    }

    private static boolean isNamespaced(String kind) {
        return !CLUSTER_SCOPED.contains(kind);
    }
}
