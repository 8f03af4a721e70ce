/**
 * What is decided about a change of a policy. {@link dev.flowguard.admission.decision.DecisionProcess} is the order of decision, a
 * function of the review, the cluster's state and the settings; {@link dev.flowguard.admission.decision.Leniency} is what makes a
 * rejection a warning; a {@link dev.flowguard.admission.decision.Decision} is a value, and
 * {@link dev.flowguard.admission.decision.Wording} is the one place where it becomes sentences.
 */
@NullMarked
package dev.flowguard.admission.decision;

import org.jspecify.annotations.NullMarked;
