package dev.flowguard.cli.input;

import dev.flowguard.assess.finding.Findings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.implied.Unseen;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.Rewriting;
import dev.flowguard.kubernetes.implied.ImplyingKinds;
import dev.flowguard.report.ManifestPlaces;
import dev.flowguard.wording.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What manifests say nothing of and yet show that it may be there, so that what a selector does not match in them it may well match in
 * the cluster: pods and namespaces that operators make for custom resources, and what kustomizations make of the objects.
 */
public final class UnseenObjects {
    private static final String DEFINITION = "CustomResourceDefinition";
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

    private UnseenObjects() {}

    /** As an observation; empty where everything is seen. */
    static Optional<Observation> in(List<ManifestPlaces.Origin> origins) {
        List<LoadedManifests> all =
                origins.stream().map(ManifestPlaces.Origin::manifests).toList();
        List<Fact> unseen = Stream.concat(unknown(all).map(Implication.Custom::new), rewritten(all))
                .<Fact>map(Fact.Implied::new)
                .toList();
        return unseen.isEmpty() ? Optional.empty() : Optional.of(new Observation(ALL, unseen));
    }

    private static Stream<Implication> rewritten(List<LoadedManifests> all) {
        List<Rewriting> rewriting = all.stream()
                .map(LoadedManifests::rewriting)
                .filter(Rewriting::any)
                .toList();
        return Stream.concat(
                rewriting.stream().limit(1).map(some -> new Implication.Rewritten()),
                Rewriting.scattered(rewriting).entrySet().stream()
                        .map(each -> new Implication.Scattered(
                                each.getKey(), each.getValue().stream().toList())));
    }

    /** Kinds of which there are resources, and the groups of kinds that are defined and of which there is none: they are elsewhere. */
    private static Stream<String> unknown(List<LoadedManifests> all) {
        List<String> kinds = all.stream()
                .flatMap(manifests -> manifests.notReadByKind().keySet().stream())
                .filter(kind -> mayHavePods(group(kind)))
                .distinct()
                .toList();
        Set<String> kindsRead = all.stream()
                .flatMap(manifests -> manifests.objects().stream())
                .map(object -> object.ref().kind())
                .collect(Collectors.toSet());
        return Stream.concat(
                        kinds.stream(),
                        definitions(all)
                                .filter(group -> mayHavePods(group)
                                        && kinds.stream()
                                                .noneMatch(kind -> group(kind).equals(group))
                                        && kindsRead.stream()
                                                .noneMatch(kind -> ImplyingKinds.haveKnownPods(group, kind))))
                .distinct();
    }

    /** The groups of the kinds that are defined: the name of a definition is {@code widgets.example.com}. */
    private static Stream<String> definitions(List<LoadedManifests> all) {
        return all.stream()
                .flatMap(manifests -> manifests.objects().stream())
                .map(ManifestObject::ref)
                .filter(ref -> ref.kind().equals(DEFINITION))
                .map(ref -> group(ref.name()));
    }

    private static String group(String kind) {
        return kind.substring(kind.indexOf('.') + 1);
    }

    /** Kubernetes' own groups have no dot, or end in k8s.io. */
    private static boolean mayHavePods(String group) {
        return group.indexOf('.') >= 0 && !group.endsWith(".k8s.io") && !WITHOUT_PODS.contains(group);
    }

    /** What is not said because of them; empty where there are none. */
    public static List<String> notes(Snapshot cluster) {
        Unseen unseen = cluster.unseen();
        return Stream.concat(unmatched(unseen, cluster), scattered(unseen, cluster))
                .toList();
    }

    private static Stream<String> unmatched(Unseen unseen, Snapshot cluster) {
        if (!unseen.mayMatch() || !Findings.someRestOnAllBeingSeen(cluster)) {
            return Stream.empty();
        }
        return Stream.of(
                unseen.rewritten()
                        ? "selectors that match nothing here are not reported: kustomizations give these objects other"
                                + " namespaces or labels; -k DIR reads what one of them renders to"
                        : "selectors that match nothing here are not reported: operators may make pods and namespaces for "
                                + Names.some(unseen.customKinds()));
    }

    private static Stream<String> scattered(Unseen unseen, Snapshot cluster) {
        return cluster.namespaces().stream()
                .filter(shard ->
                        !unseen.isTogether(shard.name()) && !shard.policies().isEmpty())
                .map(shard -> "what policies of namespace " + shard.name()
                        + " do to other objects in it is not reported: kustomizations keep these objects apart, in "
                        + Names.some(unseen.scattered().getOrDefault(shard.name(), List.of()))
                        + "; -k DIR reads what one of them renders to");
    }
}
