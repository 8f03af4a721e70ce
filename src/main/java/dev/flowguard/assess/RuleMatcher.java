package dev.flowguard.assess;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Does a rule allow the traffic? Asked twice: {@link #answer} is quick and keeps nothing, {@link #trace} keeps why. Both ask the
 * same matchers, so they cannot differ.
 */
final class RuleMatcher {
    private final PeerMatcher peers;
    private final PortMatcher ports;

    RuleMatcher(Snapshot cluster) {
        this.peers = new PeerMatcher(cluster);
        this.ports = new PortMatcher(cluster.cni());
    }

    Answer answer(PolicyRef policy, Rule rule, Direction direction, Pair pair) {
        if (!rule.isUnderstood()) {
            return Answer.UNKNOWN;
        }
        Answer byPorts = everyPort(rule, pair).answer();
        for (PortMatch port : rule.ports()) {
            byPorts = byPorts.or(ports.match(port, direction, pair.destination(), pair.traffic())
                    .answer());
        }
        if (byPorts.isNo()) {
            return Answer.NO;
        }
        Answer byPeers = Answer.of(rule.isForAnybody());
        for (Peer peer : rule.peers()) {
            byPeers = byPeers.or(peer(policy, peer, direction, pair).answer());
            if (byPeers.isYes()) {
                break;
            }
        }
        return byPorts.and(byPeers);
    }

    RuleTrace trace(PolicyRef policy, Rule rule, Direction direction, Pair pair) {
        List<PeerOutcome> peerOutcomes = new ArrayList<>();
        if (rule.isForAnybody()) {
            peerOutcomes.add(PeerOutcome.ANYBODY);
        }
        rule.peers().forEach(peer -> peerOutcomes.add(peer(policy, peer, direction, pair)));
        List<PortOutcome> portOutcomes = new ArrayList<>();
        if (rule.isForEveryPort()) {
            portOutcomes.add(everyPort(rule, pair));
        }
        rule.ports()
                .forEach(port -> portOutcomes.add(ports.match(port, direction, pair.destination(), pair.traffic())));
        return new RuleTrace(rule, peerOutcomes, portOutcomes);
    }

    private PeerOutcome peer(PolicyRef policy, Peer peer, Direction direction, Pair pair) {
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        return peers.match(peer, policy.namespace(), direction, other, pair.traffic());
    }

    private static PortOutcome everyPort(Rule rule, Pair pair) {
        if (!rule.isForEveryPort()) {
            return PortOutcome.OTHER_NUMBER;
        }
        return pair.traffic().protocol().isInPolicies() ? PortOutcome.EVERY_PORT : PortOutcome.PROTOCOL_NOT_IN_API;
    }
}
