/**
 * Diagnoses that need no contract: what is surely a mistake in a policy, named by an id. Each is a class of its own that looks
 * at a policy and the cluster and tells {@link dev.flowguard.assess.Finding findings}. A false alarm is worse than a miss:
 * what may be intended stays unsaid. {@link dev.flowguard.assess.finding.Findings} knows them all. With the same guesses
 * {@link dev.flowguard.assess.finding.FlowDiagnosis} tells what of a declared flow is not there.
 */
@NullMarked
package dev.flowguard.assess.finding;

import org.jspecify.annotations.NullMarked;
