package dev.flowguard.verdict.match;

import dev.flowguard.policy.Answer;

/** Whether a port entry of a rule speaks of the traffic, and why. */
public enum PortOutcome {
    MATCHES(Answer.YES),
    /** The rule has no ports: it is for every port. */
    EVERY_PORT(Answer.YES),
    OTHER_PROTOCOL(Answer.NO),
    OTHER_NUMBER(Answer.NO),
    /** No container of the destination declares a port of that name. */
    NAME_NOT_DECLARED(Answer.NO),
    /** Only containers declare it whose port names this network plugin does not resolve (SEMANTICS Q14). */
    NAME_IS_OF_UNRESOLVED_CONTAINER(Answer.NO),
    /** The destination declares the name for another protocol (SEMANTICS Q10). */
    NAME_IS_OF_OTHER_PROTOCOL(Answer.NO),
    /** A name means nothing where there is no pod to resolve it on (SEMANTICS Q15). */
    NAME_WITHOUT_POD(Answer.NO),
    /** This network plugin opens only the first port of a range (SEMANTICS Q8). */
    END_PORT_IGNORED(Answer.NO),
    /** The pod declares the name twice with different numbers (SEMANTICS Q13). */
    NAME_IS_AMBIGUOUS(Answer.UNKNOWN),
    NAMED_PORTS_NOT_SUPPORTED(Answer.UNKNOWN),
    /** The rule knows the destination by its address alone, and plugins differ in resolving a name there (SEMANTICS Q15). */
    NAME_BESIDE_BLOCK(Answer.UNKNOWN),
    /** This network plugin compares with the Service's port, which is another than the container's. */
    SERVICE_PORT_DIFFERS(Answer.UNKNOWN),
    /** It is the port of the ClusterIP, which some plugins see in place of the pod's where the rule has a block for it (SEMANTICS B6). */
    PORT_OF_CLUSTER_IP(Answer.UNKNOWN),
    /** The API says nothing about this protocol (SEMANTICS Q18). */
    PROTOCOL_NOT_IN_API(Answer.UNKNOWN),
    NOT_UNDERSTOOD(Answer.UNKNOWN);

    private final Answer answer;

    PortOutcome(Answer answer) {
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
