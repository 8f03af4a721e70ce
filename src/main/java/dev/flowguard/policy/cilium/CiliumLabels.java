package dev.flowguard.policy.cilium;

/** The labels by which Cilium knows the namespace and the service account of a pod (OTHER-POLICIES L9). */
final class CiliumLabels {
    static final String NAMESPACE = "io.kubernetes.pod.namespace";
    static final String NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";
    static final String SERVICE_ACCOUNT = "io.cilium.k8s.policy.serviceaccount";
    static final String CLUSTER = "io.cilium.k8s.policy.cluster";

    private CiliumLabels() {}
}
