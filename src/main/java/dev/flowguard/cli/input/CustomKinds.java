package dev.flowguard.cli.input;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.report.ManifestPlaces;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Custom resources in manifests for which an operator may make pods, of which the manifests then say nothing: what a selector does not
 * match there, it may well match in the cluster.
 */
public final class CustomKinds {
    private static final ObjectRef ALL = new ObjectRef("CustomResources", "", "*");

    /** Groups whose resources configure, declare or deliver, and make no pods of their own. */
    private static final Set<String> WITHOUT_PODS = Set.of(
            "monitoring.coreos.com",
            "cert-manager.io",
            "trust.cert-manager.io",
            "external-secrets.io",
            "bitnami.com",
            "kyverno.io",
            "wgpolicyk8s.io",
            "kustomize.toolkit.fluxcd.io",
            "source.toolkit.fluxcd.io",
            "notification.toolkit.fluxcd.io",
            "image.toolkit.fluxcd.io",
            "networking.istio.io",
            "security.istio.io",
            "telemetry.istio.io",
            "traefik.io",
            "projectcontour.io",
            "keda.sh",
            "snapshot.storage.k8s.io",
            "cilium.io",
            "crd.projectcalico.org",
            "projectcalico.org",
            "config.openshift.io",
            "security.openshift.io",
            "console.openshift.io",
            "flowguard.dev");

    private CustomKinds() {}

    /** As an observation; empty where there are none. */
    static Optional<Observation> in(List<ManifestPlaces.Origin> origins) {
        List<Fact> kinds = origins.stream()
                .flatMap(origin -> origin.manifests().notReadByKind().keySet().stream())
                .filter(CustomKinds::mayHavePods)
                .distinct()
                .<Fact>map(kind -> new Fact.Implied(new Implication.Custom(kind)))
                .toList();
        return kinds.isEmpty() ? Optional.empty() : Optional.of(new Observation(ALL, kinds));
    }

    /** Kubernetes' own groups have no dot, or end in k8s.io. */
    private static boolean mayHavePods(String kind) {
        int dot = kind.indexOf('.');
        String group = dot < 0 ? "" : kind.substring(dot + 1);
        return group.indexOf('.') >= 0 && !group.endsWith(".k8s.io") && !WITHOUT_PODS.contains(group);
    }

    /** What is not said because of them; empty where there are none. */
    public static List<String> notes(Snapshot cluster) {
        List<String> kinds = cluster.customKinds();
        boolean dangling = !kinds.isEmpty()
                && cluster.namespaces().stream()
                        .flatMap(shard -> shard.policies().stream())
                        .anyMatch(policy -> policy.selected().isEmpty());
        return dangling
                ? List.of("selectors that match no pod here are not reported: operators may make pods for "
                        + String.join(", ", kinds.subList(0, Math.min(3, kinds.size())))
                        + (kinds.size() > 3 ? " and " + (kinds.size() - 3) + " more kinds" : ""))
                : List.of();
    }
}
