package dev.flowguard.verdict;

import dev.flowguard.contract.ObjectRef;

/**
 * A policy of another kind than NetworkPolicy that does not let traffic through.
 *
 * @param rule the one that denies, as {@code ingress[0] "name"}; empty where the policy isolates and none of its rules allows
 */
public record Denial(ObjectRef policy, String rule) {}
