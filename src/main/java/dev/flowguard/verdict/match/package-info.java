/**
 * Whether a part of a rule is about a pair: {@link dev.flowguard.verdict.match.PeerMatcher} and
 * {@link dev.flowguard.verdict.match.PortMatcher} for NetworkPolicies, {@link dev.flowguard.verdict.match.EndsMatcher} and
 * {@link dev.flowguard.verdict.match.PortsMatcher} for the expressions that policies of other kinds come to.
 */
@NullMarked
package dev.flowguard.verdict.match;

import org.jspecify.annotations.NullMarked;
