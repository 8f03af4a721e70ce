package dev.flowguard.verdict.trace;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PolicyRef;

/**
 * A rule, or a policy, that would let the traffic through but for one thing.
 *
 * @param direction the section that the rule stands in
 * @param rule its place in the section, from 0
 * @param place as the kind's own texts have it, {@code ingress[0]}; empty for a NetworkPolicy, of which rules are counted
 * @param written what stands there, in kubectl's words
 * @param found what the traffic has instead
 */
public record NearMiss(
        Reason reason, ObjectRef policy, Direction direction, int rule, String place, String written, String found) {
    static NearMiss of(Reason reason, PolicyRef policy, Direction direction, int rule, String written, String found) {
        return new NearMiss(reason, ObjectRef.of(policy), direction, rule, "", written, found);
    }

    /** The one thing. */
    public enum Reason {
        /** A peer's labels are those of the other end, which is in another namespace than the peer looks in. */
        PEER_IN_OTHER_NAMESPACE,
        /** The other end's namespace misses one label that a peer asks for, by what may be a slip of the pen. */
        NAMESPACE_ONE_LABEL_OFF,
        /** One requirement of a peer's selector is not met, by what may be a slip of the pen. */
        PEER_ONE_LABEL_OFF,
        /** The port is open for another protocol. */
        OTHER_PROTOCOL,
        /** The rule names the port of a Service, which policies never see. */
        SERVICE_PORT,
        /** The rule stands in the section of the other direction. */
        OTHER_DIRECTION,
        /** The rule is ignored, since the policy's types leave out its direction. */
        NOT_IN_POLICY_TYPES,
        /** The policy selects other pods, by what may be a slip of the pen. */
        SELECTS_ONE_LABEL_OFF,
        /** The policy stands in another namespace than the pods that its selector describes. */
        POLICY_IN_OTHER_NAMESPACE
    }
}
