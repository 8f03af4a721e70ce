/**
 * Policies of administrators in the neutral form of their kinds: ClusterNetworkPolicy, and what came before it, AdminNetworkPolicy and
 * BaselineAdminNetworkPolicy. {@link dev.flowguard.policy.cnp.AdminPolicy} holds what is written;
 * {@link dev.flowguard.policy.cnp.AdminMapping} knows what it comes down to on which network plugin (OTHER-POLICIES section 1).
 */
@NullMarked
package dev.flowguard.policy.cnp;

import org.jspecify.annotations.NullMarked;
