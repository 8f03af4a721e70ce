/**
 * Findings in policies of other kinds than NetworkPolicy. {@link dev.flowguard.assess.finding.chain.ChainFindings} asks each
 * {@link dev.flowguard.assess.finding.chain.ChainDiagnosis} about one {@link dev.flowguard.assess.finding.chain.ExaminedPolicy}: the object
 * as it is written, what it comes down to in the cluster, and those that are asked before and after it. What follows from the order of
 * rules alone is told by {@link dev.flowguard.assess.finding.chain.Covering}, without looking at pods.
 */
@NullMarked
package dev.flowguard.assess.finding.chain;

import org.jspecify.annotations.NullMarked;
