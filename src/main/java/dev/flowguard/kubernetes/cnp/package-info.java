/**
 * Reads administrators' policies: what the schemas of their kinds would refuse is a problem with its field (OTHER-POLICIES C19), and
 * what they accept becomes a {@link dev.flowguard.policy.cnp.AdminPolicy}.
 */
@NullMarked
package dev.flowguard.kubernetes.cnp;

import org.jspecify.annotations.NullMarked;
