/**
 * Calico's own policies, {@code projectcalico.org/v3}: NetworkPolicy, GlobalNetworkPolicy and what they look at, tiers, network sets
 * and the labels of service accounts. {@link dev.flowguard.policy.calico.CalicoSelector} is their language of selectors;
 * {@link dev.flowguard.policy.calico.CalicoPolicy} keeps a policy as it is written, with its defaults settled, and says what it comes
 * down to in the language of {@link dev.flowguard.policy.chain}. What the rules mean is found in OTHER-POLICIES K1 to K30.
 */
@NullMarked
package dev.flowguard.policy.calico;

import org.jspecify.annotations.NullMarked;
