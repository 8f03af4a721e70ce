/**
 * From declared ends to pairs. {@link dev.flowguard.binding.FlowBinding} turns a declared flow into the pairs of ends that it speaks
 * of, {@link dev.flowguard.binding.PairCutter} cuts address ranges where policies tell their parts apart, and
 * {@link dev.flowguard.binding.Within} narrows both to what a change can touch. A flow that yields no pair is
 * {@linkplain dev.flowguard.binding.Unbound unbound}, with the reason.
 */
@NullMarked
package dev.flowguard.binding;

import org.jspecify.annotations.NullMarked;
