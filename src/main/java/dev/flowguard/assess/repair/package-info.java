/**
 * What would let a blocked pair through. {@link dev.flowguard.assess.repair.RepairSearch} tries the smallest rules that an owner
 * would write and keeps those that the engine itself finds to work without opening more than was asked for;
 * {@link dev.flowguard.assess.repair.RepairPlan} does so for all that is broken in a cluster, and
 * {@link dev.flowguard.assess.repair.Inquiry} answers one question of a person: can this reach that, why, and what would let it?
 */
@NullMarked
package dev.flowguard.assess.repair;

import org.jspecify.annotations.NullMarked;
