package dev.flowguard.config;

import org.jspecify.annotations.Nullable;

/** The namespace in which this program keeps what is its own: a Secret, a Lease. */
public final class OwnNamespace {
    private OwnNamespace() {}

    /**
     * @param found what the Kubernetes client has found: that of the pod, or of the kubeconfig's context
     * @param need what it is needed for
     */
    public static String of(@Nullable String found, String need) {
        if (found == null || found.isBlank()) {
            throw new BadInput(
                    need + " needs a namespace, and the context of the kubeconfig names none: choose one with"
                            + " -Dquarkus.kubernetes-client.namespace=…, or kubectl config set-context --current --namespace=…");
        }
        return found;
    }
}
