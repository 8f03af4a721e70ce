package dev.flowguard.verdict.pair;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Peer;
import java.util.Map;
import java.util.stream.Stream;

/**
 * OVN-Kubernetes puts traffic of the host network into a namespace of its own, which OpenShift labels, so that a policy can admit it by a
 * {@code namespaceSelector} on such a label: the routers on the host network, or all of it (DESIGN 10.9).
 */
public final class HostNetworkGroup {
    private static final String ROUTERS = "openshift-ingress";

    private static final Labels INGRESS = Labels.of(
            Map.of("policy-group.network.openshift.io/ingress", "", "network.openshift.io/policy-group", "ingress"));
    private static final Labels HOST_NETWORK = Labels.of(Map.of("policy-group.network.openshift.io/host-network", ""));

    private HostNetworkGroup() {}

    public static boolean standsFor(Peer.Pods peer, Workload onHostNetwork, Snapshot cluster) {
        return selects(peer, HOST_NETWORK, cluster)
                || onHostNetwork.namespace().equals(ROUTERS) && selects(peer, INGRESS, cluster);
    }

    public static boolean standsForNodes(Peer.Pods peer, Snapshot cluster) {
        return selects(peer, HOST_NETWORK, cluster);
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
