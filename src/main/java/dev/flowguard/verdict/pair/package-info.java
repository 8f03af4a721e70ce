/**
 * Who talks to whom, and how: a {@link dev.flowguard.verdict.pair.Pair} of {@link dev.flowguard.verdict.pair.Endpoint ends} and its
 * {@link dev.flowguard.verdict.pair.Traffic}, which takes a {@link dev.flowguard.verdict.pair.Route}.
 */
@NullMarked
package dev.flowguard.verdict.pair;

import org.jspecify.annotations.NullMarked;
