package dev.flowguard.verdict.match;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * Does a rule allow the traffic? Asked twice: {@link #answer} is quick and keeps nothing, {@link #trace} keeps why. Both ask the
 * same matchers, so they cannot differ.
 */
public final class RuleMatcher {
    private final PeerMatcher peers;
    private final PortMatcher ports;

    public RuleMatcher(Snapshot cluster) {
        this.peers = new PeerMatcher(cluster);
        this.ports = new PortMatcher(cluster.cni());
    }

    public Answer answer(PolicyRef policy, Rule rule, Direction direction, Pair pair) {
        if (!rule.isUnderstood()) {
            return Answer.UNKNOWN;
        }
        Answer byPorts = ports(rule, direction, pair, false);
        if (byPorts.isNo()) {
            return mayMatchClusterIp(rule, direction, pair) ? Answer.UNKNOWN : Answer.NO;
        }
        Met met = new Met(rule);
        for (Peer peer : rule.peers()) {
            met.add(peer, peer(policy, peer, direction, pair));
            if (met.asPod.isYes()) {
                return byPorts;
            }
        }
        return met.onlyByBlock(direction)
                ? ports(rule, direction, pair, true).and(met.answer())
                : byPorts.and(met.answer());
    }

    /** A plugin that compares addresses before a ClusterIP is translated sees the Service's port as well. */
    private boolean mayMatchClusterIp(Rule rule, Direction direction, Pair pair) {
        return direction == Direction.EGRESS
                && rule.ports().stream().anyMatch(port -> ports.isOfClusterIp(port, pair.traffic()))
                && rule.peers().stream().anyMatch(peer -> peers.mayBeClusterIp(peer, pair.traffic()));
    }

    private Answer ports(Rule rule, Direction direction, Pair pair, boolean onlyByBlock) {
        Answer byPorts = everyPort(rule, pair).answer();
        for (PortMatch port : rule.ports()) {
            byPorts = byPorts.or(port(port, direction, pair, onlyByBlock).answer());
        }
        return byPorts;
    }

    public RuleTrace trace(PolicyRef policy, Rule rule, Direction direction, Pair pair) {
        Met met = new Met(rule);
        List<PeerOutcome> peerOutcomes = new ArrayList<>();
        if (rule.isForAnybody()) {
            peerOutcomes.add(PeerOutcome.ANYBODY);
        }
        for (Peer peer : rule.peers()) {
            PeerOutcome outcome = peer(policy, peer, direction, pair);
            met.add(peer, outcome);
            peerOutcomes.add(outcome);
        }
        List<PortOutcome> portOutcomes = new ArrayList<>();
        if (rule.isForEveryPort()) {
            portOutcomes.add(everyPort(rule, pair));
        }
        boolean beforeTranslation =
                ports(rule, direction, pair, false).isNo() && mayMatchClusterIp(rule, direction, pair);
        for (PortMatch port : rule.ports()) {
            portOutcomes.add(
                    beforeTranslation && ports.isOfClusterIp(port, pair.traffic())
                            ? PortOutcome.PORT_OF_CLUSTER_IP
                            : port(port, direction, pair, met.onlyByBlock(direction)));
        }
        return new RuleTrace(rule, peerOutcomes, portOutcomes);
    }

    /** Which of a rule's peers are the other end. */
    private static final class Met {
        private Answer asPod;
        private Answer byBlock = Answer.NO;

        Met(Rule rule) {
            asPod = Answer.of(rule.isForAnybody());
        }

        void add(Peer peer, PeerOutcome outcome) {
            if (peer.match(pods -> false, block -> true, unknown -> false)) {
                byBlock = byBlock.or(outcome.answer());
            } else {
                asPod = asPod.or(outcome.answer());
            }
        }

        public Answer answer() {
            return asPod.or(byBlock);
        }

        /** Whether the destination may be met by its address, and is not surely met as a pod. */
        boolean onlyByBlock(Direction direction) {
            return direction == Direction.EGRESS && !asPod.isYes() && !byBlock.isNo();
        }
    }

    private PortOutcome port(PortMatch port, Direction direction, Pair pair, boolean onlyByBlock) {
        PortOutcome outcome = ports.match(port, direction, pair.destination(), pair.traffic());
        boolean named = port.match(numbered -> false, name -> true, every -> false, unknown -> false);
        return onlyByBlock && named && outcome.answer().isYes() ? PortOutcome.NAME_BESIDE_BLOCK : outcome;
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
