/**
 * Reads Cilium's own objects: {@link dev.flowguard.kubernetes.cilium.CiliumSchema} refuses what the API server would,
 * {@link dev.flowguard.kubernetes.cilium.AgentCheck} finds what the agent refuses although the API server took it, and
 * {@link dev.flowguard.kubernetes.cilium.CiliumPolicyReader} makes of the rest what {@code policy.cilium} knows.
 */
@NullMarked
package dev.flowguard.kubernetes.cilium;

import org.jspecify.annotations.NullMarked;
