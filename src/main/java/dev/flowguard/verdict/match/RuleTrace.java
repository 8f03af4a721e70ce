package dev.flowguard.verdict.match;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Rule;
import java.util.List;

/**
 * How a rule was found to match or not.
 *
 * @param peers an outcome for each peer of the rule, or the one for a rule without peers
 * @param ports an outcome for each port of the rule, or the one for a rule without ports
 */
public record RuleTrace(Rule rule, List<PeerOutcome> peers, List<PortOutcome> ports) {
    public RuleTrace {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }

    /** Whether the rule allows the traffic. */
    public Answer answer() {
        return rule.isUnderstood() ? peerAnswer().and(portAnswer()) : Answer.UNKNOWN;
    }

    /** Whether one of the peers is the other end. */
    public Answer peerAnswer() {
        return peers.stream().map(PeerOutcome::answer).reduce(Answer.NO, Answer::or);
    }

    /** Whether one of the ports is the traffic's. */
    public Answer portAnswer() {
        return ports.stream().map(PortOutcome::answer).reduce(Answer.NO, Answer::or);
    }
}
