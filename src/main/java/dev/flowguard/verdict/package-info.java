/**
 * May this pair talk? {@link dev.flowguard.verdict.Reachability} answers for a {@link dev.flowguard.verdict.Pair} of ends, with
 * three values; {@link dev.flowguard.verdict.Tracer}, its twin, says why, as data; {@link dev.flowguard.verdict.Allowances} answers
 * for whole sets of ends and ports at once; and {@link dev.flowguard.verdict.NearMissSearch} finds what nearly would have let a pair
 * through. Nothing here knows what is declared, what a change is, or how anything is worded.
 */
@NullMarked
package dev.flowguard.verdict;

import org.jspecify.annotations.NullMarked;
