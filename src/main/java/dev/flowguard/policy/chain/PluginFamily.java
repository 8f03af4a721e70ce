package dev.flowguard.policy.chain;

/** Network plugins that understand the same kinds of policies, and put them into the same order. */
public enum PluginFamily {
    /** Not recognised: it is taken to do what the APIs say, and nothing is known of kinds that only one plugin understands. */
    UNKNOWN,
    /** Not known to understand anything but NetworkPolicies. */
    NETWORK_POLICIES_ONLY,
    KUBE_NETWORK_POLICIES,
    CALICO,
    CILIUM,
    OVN_KUBERNETES,
    ANTREA,
    /** Enforces no policies at all. */
    NONE
}
