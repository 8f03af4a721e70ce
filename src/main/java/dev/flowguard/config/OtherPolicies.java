package dev.flowguard.config;

/** How policies of kinds that are not evaluated (AdminNetworkPolicy, CiliumNetworkPolicy, …) bear on a verdict. */
public enum OtherPolicies {
    /** A pair of workloads that such a policy concerns cannot be newly broken for certain. */
    CONSIDER,
    /** As if there were none. */
    IGNORE
}
