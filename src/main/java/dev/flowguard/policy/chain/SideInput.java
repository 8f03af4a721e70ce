package dev.flowguard.policy.chain;

/**
 * Something beside policies on which their meaning depends: a group of address blocks, a tier, the labels of a service account, the
 * settings of an agent. A record, so that what has not changed is equal.
 */
public interface SideInput {}
