package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.assess.Severity;

/** Kinds of findings that are looked for in policies of every kind, so that one id stands for one mistake. */
public final class CommonKinds {
    public static final FindingKind SELECTS_NOTHING =
            FindingKind.of("selects-nothing", Severity.WARNING, "The policy selects no pod", """
            No pod of the policy's namespace, and no template of a workload there, has the labels that `spec.podSelector` asks
            for. The policy isolates nobody and allows nothing.

            Compare the selector with `kubectl get pods --show-labels` and correct it. If the workload is still to come, there is
            nothing to do: the policy takes effect with its first pod. An empty selector (`podSelector: {}`) speaks of all pods,
            also of those still to come, and is never reported; a label with which pods volunteer, such as `quarantine: "true"`,
            only where it looks mistyped. Policies of other kinds are looked at in the same way, those of the whole cluster in
            all namespaces.

            Manifests do not show all: pods and namespaces that an operator makes for custom resources, or what kustomizations make
            of the objects. Beside a custom resource or definition of an operator that is not known, and where kustomizations give
            namespaces or labels, selectors that match nothing and are near to nothing are told of all together, in one line. Where
            several projects write one namespace, as those of a generator write `system`, and kustomizations put none of their objects
            together, policies of that namespace are judged by themselves only, and a line says so; `-k DIR` reads one project as it will be.
            """);

    public static final FindingKind PEER_MATCHES_NOTHING =
            FindingKind.of("peer-matches-nothing", Severity.WARNING, "A peer matches no pod", """
            No pod has the labels that a peer's podSelector asks for, in the namespaces that the peer speaks of. The peer opens
            nothing. Without a namespaceSelector it speaks of the policy's own namespace only, which is the most common reason.

            Correct the labels, or add the namespaceSelector to the same list entry: `namespaceSelector` and `podSelector` under
            one dash mean such pods in such namespaces. If the pods are still to come, there is nothing to do. A label with which
            pods volunteer, such as `orders-client: "true"`, is reported only where it looks mistyped. In policies of other kinds
            a rule is reported whose selectors match neither a pod nor a set of addresses.
            """);

    public static final FindingKind UNKNOWN_FIELD =
            FindingKind.of("unknown-field", Severity.WARNING, "A field is none of its kind", """
            The kind of policy has no field of that name at that place. An API server drops it, with a warning or without a word, and the
            policy then says something else than whoever wrote it believes: `ingres` is a policy without ingress rules, which cuts all.

            Correct the word, or move the field to where it belongs. A field of a newer API than this version knows is reported as well;
            verdicts that depend on it are undetermined.
            """);

    public static final FindingKind BLOCK_COVERS_PODS =
            FindingKind.of("ip-block-covers-pods", Severity.WARNING, "An address block is used for pods", """
            An `ipBlock` is meant for addresses outside of the cluster. The address of a pod changes whenever the pod is replaced,
            so a rule for one opens the wrong door sooner or later. And network plugins differ: some compare pods with
            blocks, some (Cilium, for example) never do.

            Select pods by their labels, and all pods of the cluster with `namespaceSelector: {}`. A single address of a
            pod is always reported; a block of the pod network only where the plugin is not known to match pods by it. Wide
            blocks that hold pods among much else (0.0.0.0/0, the private networks) are not reported. The same goes for `toCIDR`
            and its like in Cilium's policies and for `networks` in ClusterNetworkPolicies.
            """);

    public static final FindingKind ONLY_EXCLUDES = FindingKind.of(
            "only-excludes", Severity.WARNING, "A selector of peers that only excludes matches more than pods", """
            To Cilium everything has an identity with labels, nodes and the outside of the cluster included. A selector with nothing but
            `NotIn`, `DoesNotExist` or `!=` matches all that lacks the label: the whole internet lacks it. Other network plugins match pods
            alone with the same words, and Cilium 1.20 may let such a selector match every peer.

            Add a term that includes: `matchExpressions: [{key: io.kubernetes.pod.namespace, operator: Exists}]` in Cilium's own policies,
            `{key: kubernetes.io/metadata.name, operator: Exists}` in a `namespaceSelector`. Where the agents run with
            `policy-default-local-cluster` nothing is reported.
            """);

    private CommonKinds() {}
}
