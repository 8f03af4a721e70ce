/**
 * The verdict engine. {@link dev.flowguard.assess.Reachability} answers whether a pair of ends can talk, with three values;
 * {@link dev.flowguard.assess.Tracer}, its twin, says why, as data. {@link dev.flowguard.assess.FlowBinding} turns a declared
 * flow into such pairs, and {@link dev.flowguard.assess.Assessor} compares the verdicts before and after a change. No wording
 * is made here, and nothing here knows how state arrives or where answers go.
 */
@NullMarked
package dev.flowguard.assess;

import org.jspecify.annotations.NullMarked;
