package dev.flowguard.audit.status;

import dev.flowguard.assess.FlowState;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
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
    /**
     * A policy of any kind that keeps an end of the flow closed, in that direction.
     *
     * @param rule the one that denies, as {@code ingress[0] "name"}; empty where the policy isolates and has no rule for the flow
     */
    public record Blocker(ObjectRef policy, String rule, Direction direction) {}

    public FlowStatus {
        blockedBy = List.copyOf(blockedBy);
    }

    public boolean isBroken() {
        return state == FlowState.BROKEN;
    }
}
