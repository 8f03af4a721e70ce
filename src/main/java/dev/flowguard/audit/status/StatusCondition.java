package dev.flowguard.audit.status;

import java.time.Instant;

/**
 * One aspect of a contract's state, in the shape that all of Kubernetes has for it.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param since when the status last changed
 */
public record StatusCondition(
        String type, String status, long observedGeneration, Instant since, String reason, String message) {
    public static final String READY = "Ready";
    static final String STALLED = "Stalled";
    static final String TRUE = "True";
    static final String FALSE = "False";
}
