package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OVN-Kubernetes puts traffic of the host network into a namespace of its own, which OpenShift labels, so that a policy can admit it by a
 * {@code namespaceSelector} on such a label: the routers on the host network, or all of it (DESIGN 10.9).
 */
public final class HostNetworkGroup {
    private static final String ROUTERS = "openshift-ingress";

    private static final String INGRESS_LABEL = "policy-group.network.openshift.io/ingress";
    private static final String HOST_NETWORK_LABEL = "policy-group.network.openshift.io/host-network";

    private static final Labels INGRESS =
            Labels.of(Map.of(INGRESS_LABEL, "", "network.openshift.io/policy-group", "ingress"));
    private static final Labels HOST_NETWORK = Labels.of(Map.of(HOST_NETWORK_LABEL, ""));

    private HostNetworkGroup() {}

    public static boolean standsFor(Peer.Pods peer, Workload onHostNetwork, Snapshot cluster) {
        return selects(peer, HOST_NETWORK, cluster)
                || areRouters(onHostNetwork.namespace()) && selects(peer, INGRESS, cluster);
    }

    public static boolean standsForNodes(Peer.Pods peer, Endpoint.Addresses nodes, Snapshot cluster) {
        return nodes.ofNode()
                && (selects(peer, HOST_NETWORK, cluster)
                        || nodes.kind() == Endpoint.Addresses.Kind.NODE_OF_ROUTERS && selects(peer, INGRESS, cluster));
    }

    /** Whether pods of that namespace on the host network are OpenShift's routers. */
    public static boolean areRouters(String namespace) {
        return namespace.equals(ROUTERS);
    }

    /** The labels of namespaces by which a policy admits those nodes' traffic; empty where there are none. */
    public static Optional<LabelSelector> of(Endpoint.Addresses nodes, Snapshot cluster) {
        if (cluster.cni() != CniProfile.OVN_KUBERNETES || !nodes.ofNode()) {
            return Optional.empty();
        }
        String label = nodes.kind() == Endpoint.Addresses.Kind.NODE_OF_ROUTERS ? INGRESS_LABEL : HOST_NETWORK_LABEL;
        return Optional.of(LabelSelector.ofLabels(Map.of(label, "")));
    }

    /** A selector of pods beside it selects none: that namespace has no pods. */
    private static boolean selects(Peer.Pods peer, Labels group, Snapshot cluster) {
        return cluster.cni() == CniProfile.OVN_KUBERNETES
                && peer.pods().selectsEverything()
                && peer.namespaces().match(() -> false, matching -> names(matching.selector(), group));
    }

    private static boolean names(LabelSelector selector, Labels group) {
        return !selector.selectsEverything()
                && selector.keys().stream().allMatch(group::has)
                && Stream.of(selector).allMatch(each -> each.matches(group));
    }
}
