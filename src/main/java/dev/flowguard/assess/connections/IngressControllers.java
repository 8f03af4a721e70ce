package dev.flowguard.assess.connections;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the workloads that serve Ingress objects, by the names that their usual installations give them. */
public final class IngressControllers {
    private static final List<String> NAMING_LABELS = List.of("app.kubernetes.io/name", "app", "k8s-app");
    private static final Set<String> NAMES = Set.of(
            "ingress-nginx",
            "nginx-ingress",
            "traefik",
            "kong",
            "contour",
            "haproxy-ingress",
            "kubernetes-ingress",
            "emissary-ingress",
            "istio-ingressgateway",
            "apisix");

    private IngressControllers() {}

    /** None where the cluster has none, or one that is not known by its labels. */
    public static List<Workload> in(Snapshot cluster) {
        return cluster.namespaces().stream()
                .flatMap(shard -> shard.workloads().stream())
                .filter(workload -> NAMING_LABELS.stream()
                        .flatMap(key -> Stream.ofNullable(workload.labels().get(key)))
                        .anyMatch(NAMES::contains))
                .toList();
    }
}
