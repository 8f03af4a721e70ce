/**
 * Cilium's policies in their own terms (OTHER-POLICIES section 3): what a {@link dev.flowguard.policy.cilium.CiliumPolicy} says,
 * normalised once at the edge, before it is known how the agents are configured. What it means in one cluster is made of it by
 * {@link dev.flowguard.policy.cilium.CiliumMapping}.
 */
@NullMarked
package dev.flowguard.policy.cilium;

import org.jspecify.annotations.NullMarked;
