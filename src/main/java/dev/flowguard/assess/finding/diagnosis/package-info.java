/**
 * What every diagnosis works with: an {@link dev.flowguard.assess.finding.diagnosis.Examination} of one policy, its rules, peers and
 * ports with the place where each is written, and the {@link dev.flowguard.assess.finding.diagnosis.Remark} that comes of it.
 */
@NullMarked
package dev.flowguard.assess.finding.diagnosis;

import org.jspecify.annotations.NullMarked;
