/**
 * May this pair talk? {@link dev.flowguard.verdict.Reachability} answers, with three values. Its rooms, each of which knows only those
 * before it: {@link dev.flowguard.verdict.pair} the two ends and their traffic; {@link dev.flowguard.verdict.match} whether a peer, a
 * port or a rule is theirs; {@link dev.flowguard.verdict.chain} policies of all kinds in the order in which a plugin asks them;
 * {@link dev.flowguard.verdict.trace} why, as data, and what nearly would have let them through; {@link dev.flowguard.verdict.reach}
 * the answer for whole sets of ends and ports at once. Nothing here knows what is declared, what a change is, or how anything is
 * worded.
 */
@NullMarked
package dev.flowguard.verdict;

import org.jspecify.annotations.NullMarked;
