/**
 * Why a pair may talk or not: {@link dev.flowguard.verdict.trace.Tracer} comes to the same
 * {@link dev.flowguard.verdict.trace.Verdict} as {@link dev.flowguard.verdict.Reachability} and keeps every step on the way as a
 * {@link dev.flowguard.verdict.trace.Trace}, in which {@link dev.flowguard.verdict.trace.NearMissSearch} looks for what nearly
 * would have matched.
 */
@NullMarked
package dev.flowguard.verdict.trace;

import org.jspecify.annotations.NullMarked;
