package dev.flowguard.policy.chain;

/** Network plugins that understand the same kinds of policies, and put them into the same order. */
public enum PluginFamily {
    /** Not recognised, or not known to understand anything but NetworkPolicies. */
    UNKNOWN,
    KUBE_NETWORK_POLICIES,
    CALICO,
    CILIUM,
    OVN_KUBERNETES,
    ANTREA,
    /** Enforces no policies at all. */
    NONE
}
