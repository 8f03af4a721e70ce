/**
 * NetworkPolicies: {@link dev.flowguard.kubernetes.policy.PolicyReader}.
 */
@NullMarked
package dev.flowguard.kubernetes.policy;

import org.jspecify.annotations.NullMarked;
