package dev.flowguard.audit.status;

import dev.flowguard.assess.FlowState;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;
import java.time.Instant;
import java.util.List;

/**
 * How one flow of a contract stands.
 *
 * @param since when the flow was first seen in this state
 * @param amiss how many of its pairs are not as declared, or not surely
 * @param blockedBy the first of the policies that keep it from working
 * @param blockedByCount how many such policies were found
 * @param message what is amiss; empty where nothing is
 */
public record FlowStatus(
        String name,
        FlowState state,
        Instant since,
        int pairs,
        int amiss,
        List<Blocker> blockedBy,
        int blockedByCount,
        String message) {
    /** A policy that isolates an end of the flow, in that direction, and has no rule for it. */
    public record Blocker(PolicyRef policy, Direction direction) {}

    public FlowStatus {
        blockedBy = List.copyOf(blockedBy);
    }

    public boolean isBroken() {
        return state == FlowState.BROKEN;
    }
}
