/**
 * {@code flowguard test}: changes with the decisions that are expected of them. {@link dev.flowguard.cli.trial.TrialSuite} reads
 * them, {@link dev.flowguard.cli.trial.TrialOutcome} compares them with what {@code check -o json} says, and {@link
 * dev.flowguard.cli.trial.TrialXml} writes JUnit's XML.
 */
@NullMarked
package dev.flowguard.cli.trial;

import org.jspecify.annotations.NullMarked;
