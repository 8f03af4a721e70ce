package dev.flowguard.contract;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the objects of a cluster show to be needed although nobody declares it (DESIGN 10). */
public enum ImpliedKind {
    /** Pods resolve names. */
    CLUSTER_DNS("cluster-dns"),
    /** The API server asks webhooks and the servers of extensions. */
    ADMISSION_WEBHOOK("admission-webhook"),
    /** Who has a role talks to the API server. */
    KUBERNETES_API("kubernetes-api"),
    /** Prometheus scrapes what its monitors name. */
    METRICS("metrics"),
    /** An ingress controller sends on what comes in. */
    INGRESS("ingress");

    private final String id;

    ImpliedKind(String id) {
        this.id = id;
    }

    /** In kebab case, as in {@code flowguard.implied}. */
    public String id() {
        return id;
    }

    private static final Map<String, ImpliedKind> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(kind -> kind.id, kind -> kind));

    public static Optional<ImpliedKind> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    @Override
    public String toString() {
        return id;
    }
}
