/**
 * Policies of several kinds in turn: the {@link dev.flowguard.verdict.chain.Chain} of a workload and a direction, made by
 * {@link dev.flowguard.verdict.chain.Chains}, and what it answers for a pair
 * ({@link dev.flowguard.verdict.chain.ChainMatcher}). Doubtful steps are walked both ways.
 */
@NullMarked
package dev.flowguard.verdict.chain;

import org.jspecify.annotations.NullMarked;
