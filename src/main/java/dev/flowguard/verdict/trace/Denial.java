package dev.flowguard.verdict.trace;

import dev.flowguard.contract.ObjectRef;

/**
 * A policy of another kind than NetworkPolicy that does not let traffic through.
 *
 * @param rule the one that denies, as {@code ingress[0] "name"}; empty where the policy isolates and none of its rules allows
 * @param isFinal whether no rule that allows can go before that one, wherever it stands
 */
public record Denial(ObjectRef policy, String rule, boolean isFinal) {
    /** Of a policy that isolates. */
    static Denial byIsolation(ObjectRef policy) {
        return new Denial(policy, "", false);
    }
}
