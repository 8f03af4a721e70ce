/**
 * The judgement of changes and states. {@link dev.flowguard.assess.Assessor} compares the verdicts of the declared flows that a
 * {@link dev.flowguard.assess.Change} can touch before and after it; {@link dev.flowguard.assess.StateAssessor} judges a cluster as
 * it is, {@link dev.flowguard.assess.StateComparison} two of them. No wording is made here, and nothing here knows how state
 * arrives or where answers go. Beside it: what would mend a verdict ({@code repair}), in which order changes can be made
 * ({@code plan}), diagnoses that need no contract ({@code finding}), who may talk to whom ({@code connections}), and what could be
 * declared ({@code suggest}).
 */
@NullMarked
package dev.flowguard.assess;

import org.jspecify.annotations.NullMarked;
