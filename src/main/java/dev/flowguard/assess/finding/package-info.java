/**
 * Diagnoses that need no contract: what is surely a mistake in a policy, named by an id. A false alarm is worse than a miss: what
 * may be intended stays unsaid. {@link dev.flowguard.assess.finding.Findings} knows all diagnoses and at what level each is told. They look at
 * a policy and the cluster through an {@link dev.flowguard.assess.finding.diagnosis.Examination} ({@link dev.flowguard.assess.finding.diagnosis}), and stand by
 * what they look at: labels ({@link dev.flowguard.assess.finding.label}), ports ({@link dev.flowguard.assess.finding.port}), rules
 * ({@link dev.flowguard.assess.finding.rule}), traffic that every cluster needs ({@link dev.flowguard.assess.finding.cut}). With the same
 * guesses {@link dev.flowguard.assess.finding.flow} tells what of a declared flow is not there.
 */
@NullMarked
package dev.flowguard.assess.finding;

import org.jspecify.annotations.NullMarked;
