/**
 * In which order changes can be made: {@link dev.flowguard.assess.plan.PlanSearch} looks for one in which no step cuts a declared
 * flow, and {@link dev.flowguard.assess.plan.Plan} is what it finds, in waves of steps whose order among each other does not
 * matter, or how far it gets and what stands in the way of each change that remains. All judging is done by
 * {@link dev.flowguard.assess.plan.Rollout}.
 */
@NullMarked
package dev.flowguard.assess.plan;

import org.jspecify.annotations.NullMarked;
