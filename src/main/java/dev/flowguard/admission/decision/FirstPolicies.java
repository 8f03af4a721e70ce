package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.Set;

/**
 * The first policies of pods that run already: a deny and its allows. What came by default is cut from the moment that the deny is there,
 * and most tools bring it first, since they go by names.
 */
final class FirstPolicies {
    private FirstPolicies() {}

    /** Whether the change brings a policy to pods that nothing isolated before. */
    static boolean are(Change change, Snapshot cluster) {
        return change.match(
                create -> onlyIsolatesOpenPods(create.created(), cluster, Set.of(create.policy())),
                update -> false,
                delete -> false,
                other -> false);
    }

    /** Whether a policy does nothing but isolate pods that nothing isolated before, some policies aside. */
    static boolean onlyIsolatesOpenPods(Policy created, Snapshot cluster, Set<PolicyRef> aside) {
        NamespaceShard namespace = cluster.namespaceOrAssumed(created.ref().namespace());
        CompiledPolicy compiled = namespace.compile(created);
        return namespace.policies().stream()
                .filter(other -> !aside.contains(other.policy().ref()))
                .noneMatch(other -> isolateTheSame(compiled, other));
    }

    private static boolean isolateTheSame(CompiledPolicy one, CompiledPolicy other) {
        boolean sameDirection = one.policy().ingress().isolates()
                        && other.policy().ingress().isolates()
                || one.policy().egress().isolates() && other.policy().egress().isolates();
        return sameDirection && !one.selected().and(other.selected()).isEmpty();
    }

    /** What is said of a rejection of that kind: the way out that fits the tool. */
    static String wayOut(Tool tool) {
        return "nothing isolated these pods before: "
                + switch (tool) {
                    case HELM ->
                        "Helm stops at the first refusal, so give all policies of the chart the annotation"
                                + " flowguard.dev/change-set: \"{{ .Release.Name }}-{{ .Release.Revision }}/<count>\"";
                    case ARGO_CD ->
                        "give what isolates a later wave than what allows (argocd.argoproj.io/sync-wave: \"1\"),"
                                + " or all of it the annotation flowguard.dev/change-set: <id>/<count>";
                    case FLUX ->
                        "bring what allows in by a Kustomization that this one depends on (spec.dependsOn), or give all of"
                                + " it in spec.commonMetadata the annotation flowguard.dev/change-set: <id>/<count>";
                    case KUBECTL, OTHER ->
                        "apply what allows first (flowguard plan prints the order), or give all of it the annotation"
                                + " flowguard.dev/change-set: <id>/<count>";
                }
                + "   (needs permission \"stage\" on flowcontracts)";
    }
}
