/**
 * The status of contracts: {@link dev.flowguard.audit.status.StatusJudgement} says what it ought to be,
 * {@link dev.flowguard.audit.status.StatusQueue} has it written.
 */
@NullMarked
package dev.flowguard.audit.status;

import org.jspecify.annotations.NullMarked;
