package dev.flowguard.replay;

import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The orders of objects that common clients use, from their sources and documentation (mid 2026). */
final class Clients {
    private static final Requester PERSON = new Requester("ops", List.of("developers"));

    /** Of the kinds in the release; kinds that are not listed come last. Argo CD's order differs in kinds that are not here. */
    private static final List<String> HELM_ORDER = List.of("Namespace", "NetworkPolicy", "Service", "Deployment");

    private static final Comparator<Observation> BY_NAME =
            Comparator.comparing(each -> each.object().name());

    private Clients() {}

    /** {@code kubectl apply -f DIR --prune}: as the files stand, all of them whatever happens, what is no longer there at the end. */
    static boolean kubectl(List<Observation> release, List<ObjectRef> superseded, ReplayedCluster cluster) {
        boolean all = true;
        for (Observation object : release) {
            all &= cluster.apply(object, PERSON);
        }
        return all && prune(superseded, cluster, PERSON);
    }

    /** Helm: by kind, policies early and custom resources last; the first refusal ends it. */
    static boolean helm(List<Observation> release, List<ObjectRef> superseded, ReplayedCluster cluster) {
        for (Observation object : byKind(release)) {
            if (!cluster.apply(object, PERSON)) {
                return false;
            }
        }
        return prune(superseded, cluster, PERSON);
    }

    /** Argo CD: by kind as well, but those of one kind at the same time, and so in any order. */
    static Client argoCd(long seed) {
        Requester argo = new Requester("system:serviceaccount:argocd:argocd-application-controller", List.of());
        Random order = new Random(seed);
        return (release, superseded, cluster) -> {
            List<Observation> wave = new ArrayList<>(release);
            Collections.shuffle(wave, order);
            wave.sort(Comparator.comparingInt(Clients::rank));
            boolean all = true;
            for (Observation object : wave) {
                all &= cluster.apply(object, argo);
            }
            return all && prune(superseded, cluster, argo);
        };
    }

    /** Flux: a dry run of everything against the cluster as it is, and only if nothing is refused, everything by kind. */
    static boolean flux(List<Observation> release, List<ObjectRef> superseded, ReplayedCluster cluster) {
        Requester flux = new Requester("system:serviceaccount:flux-system:kustomize-controller", List.of());
        List<Observation> sorted = byKind(release);
        if (!sorted.stream().allMatch(object -> cluster.admits(object, flux))) {
            return false;
        }
        return sorted.stream().allMatch(object -> cluster.apply(object, flux)) && prune(superseded, cluster, flux);
    }

    private static List<Observation> byKind(List<Observation> release) {
        return release.stream()
                .sorted(Comparator.comparingInt(Clients::rank).thenComparing(BY_NAME))
                .toList();
    }

    private static int rank(Observation object) {
        int rank = HELM_ORDER.indexOf(object.object().kind());
        return rank < 0 ? HELM_ORDER.size() : rank;
    }

    private static boolean prune(List<ObjectRef> superseded, ReplayedCluster cluster, Requester requester) {
        boolean all = true;
        for (ObjectRef object : superseded) {
            all &= cluster.delete(object, requester);
        }
        return all;
    }
}
