package dev.flowguard.admission.decision;

import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.contract.Enforcement;

/**
 * What follows from the effect on one flow.
 *
 * @param enforcement the weakest of all that have a say
 * @param decidedBy who has it
 */
public record FlowRuling(FlowAssessment flow, Enforcement enforcement, DecidedBy decidedBy) {
    /** The same, where it is not certain what the change does to the flow. */
    FlowRuling uncertain() {
        return enforcement == Enforcement.DENY ? new FlowRuling(flow, Enforcement.WARN, DecidedBy.LACK) : this;
    }

    /** Who decides how far a contract may go, in the order in which they are asked. */
    public enum DecidedBy {
        /** The contract's own enforcement. */
        CONTRACT,
        /** The policy's namespace has not agreed to be bound by contracts of the other. */
        OWNERSHIP,
        /** A policy without a namespace is its administrators' affair: what a namespace declares warns them. */
        SCOPE,
        /** The mode label of the policy's namespace. */
        NAMESPACE_MODE,
        /** The requester is one that is only warned. */
        REQUESTER,
        /** The mode of the installation. */
        GLOBAL_MODE,
        /** The network plugin enforces nothing. */
        CNI,
        /** What the flow needs is out of touch, so that nothing is certain about it. */
        LACK
    }
}
