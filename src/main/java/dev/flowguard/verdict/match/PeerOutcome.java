package dev.flowguard.verdict.match;

import dev.flowguard.policy.Answer;

/** Whether a peer of a rule is the other end, and why. */
public enum PeerOutcome {
    MATCHES(Answer.YES),
    /** The rule has no peers: it is for anybody. */
    ANYBODY(Answer.YES),
    OTHER_NAMESPACE(Answer.NO),
    OTHER_LABELS(Answer.NO),
    /** A selector peer, and an end that is not a pod. */
    NOT_A_POD(Answer.NO),
    NOT_IN_BLOCK(Answer.NO),
    EXCEPTED(Answer.NO),
    OTHER_FAMILY(Answer.NO),
    /** The block covers a pod, and this network plugin matches only what is no pod. */
    BLOCKS_ARE_NOT_FOR_PODS(Answer.NO),
    /** The block covers a node, and this network plugin does not match nodes. */
    BLOCKS_ARE_NOT_FOR_NODES(Answer.NO),
    /** The block covers a pod's address; the network plugin decides (SEMANTICS B4). */
    BLOCK_COVERS_PODS(Answer.UNKNOWN),
    /** The block covers some of the workload's pods. */
    BLOCK_COVERS_SOME_PODS(Answer.UNKNOWN),
    /** The workload has no pod with an address yet (DESIGN 8.12). */
    POD_ADDRESS_NOT_KNOWN(Answer.UNKNOWN),
    /** The workload has no pod with an address yet, and the block holds none of those that nodes say they give to pods. */
    NOT_IN_POD_RANGES(Answer.UNKNOWN),
    /** The block covers a node's address; the network plugin decides (SEMANTICS B5). */
    BLOCK_COVERS_NODE(Answer.UNKNOWN),
    /** The block covers the Service's ClusterIP; the network plugin decides (SEMANTICS B6). */
    BLOCK_COVERS_CLUSTER_IP(Answer.UNKNOWN),
    /** The labels match, but a hostNetwork pod is usually seen as its node (SEMANTICS N5). */
    POD_ON_HOST_NETWORK(Answer.UNKNOWN),
    /** The way in may put a node's address in place of the sender's (SEMANTICS Q20). */
    SOURCE_MAY_BE_REWRITTEN(Answer.UNKNOWN),
    /** The selectors only exclude, and some versions of the network plugin let such match every pod (OTHER-POLICIES L11). */
    ONLY_EXCLUDES(Answer.UNKNOWN),
    NOT_UNDERSTOOD(Answer.UNKNOWN);

    private final Answer answer;

    PeerOutcome(Answer answer) {
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
