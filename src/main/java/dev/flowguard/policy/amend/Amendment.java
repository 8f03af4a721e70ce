package dev.flowguard.policy.amend;

import dev.flowguard.policy.chain.PolicySource;

/**
 * A policy as it may be so that something gets through.
 *
 * @param policy the whole of it
 * @param edit what is changed in its manifest
 * @param narrowed what is let through beyond what was wanted, where a rule that denied more is made narrower
 */
public record Amendment(PolicySource policy, Edit edit, Narrowed narrowed) {
    /** Whom a rule that denies no longer keeps out. */
    public enum Narrowed {
        /** Nothing was made narrower. */
        NOTHING,
        /** It still holds for everybody but the other end. */
        OTHERS,
        /** It still holds for all pods but those that shall be reached, or reach. */
        SUBJECTS
    }

    /** With rules more. */
    public static Amendment adding(PolicySource policy, Edit edit) {
        return new Amendment(policy, edit, Narrowed.NOTHING);
    }
}
