/**
 * Contracts that tell their state, whoever broke them. {@link dev.flowguard.audit.Reconciler} has {@link dev.flowguard.audit.AuditTurns} judge what is declared, namespaces in turns, whenever the
 * snapshot has changed, has {@link dev.flowguard.audit.status.StatusJudgement} say what each contract's status ought to be, and writes what
 * differs from the status that is there; what has changed for better or worse becomes Events ({@link dev.flowguard.audit.Announcer}),
 * and all of it metrics ({@link dev.flowguard.audit.StandingMetrics}). One replica writes ({@link dev.flowguard.audit.api.Lease}), every one
 * judges and measures; nothing here is ever waited for by a review.
 */
@NullMarked
package dev.flowguard.audit;

import org.jspecify.annotations.NullMarked;
