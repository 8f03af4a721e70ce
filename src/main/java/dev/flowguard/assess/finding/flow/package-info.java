/**
 * What of a declared flow is not there: {@link dev.flowguard.assess.finding.flow.FlowDiagnosis}.
 */
@NullMarked
package dev.flowguard.assess.finding.flow;

import org.jspecify.annotations.NullMarked;
