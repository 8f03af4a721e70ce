package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.match.PeerMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Roster;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Asks the {@link PeerMatcher} about all workloads at once. A selector is put only to those that the index finds, a block to
 * all; a peer that stands in many rules is asked once.
 */
final class PeerSurvey {
    private record Question(String namespace, Peer peer) {}

    private final Snapshot cluster;
    private final Roster roster;
    private final PeerMatcher matcher;
    private final Traffic traffic;
    private final Map<Question, PeerReach> answered = new HashMap<>();

    /** For traffic of that family straight to its destination; neither protocol nor port matters to peers. */
    PeerSurvey(Snapshot cluster, Roster roster, IpFamily family) {
        this.cluster = cluster;
        this.roster = roster;
        this.matcher = new PeerMatcher(cluster);
        this.traffic = new Traffic(Protocol.TCP, PortRange.ALL, family, Route.DIRECT);
    }

    /** The workloads that the rule's peers are as pods: by their labels, or because anybody is. */
    PeerReach asPods(Rule rule, String policyNamespace) {
        return rule.isForAnybody()
                ? PeerReach.everybody(roster.size(), Answer.YES)
                : workloads(rule, policyNamespace, peer -> !isBlock(peer));
    }

    /** The workloads that the rule's peers are by their addresses. */
    PeerReach byBlocks(Rule rule, String policyNamespace) {
        return workloads(rule, policyNamespace, PeerSurvey::isBlock);
    }

    private PeerReach workloads(Rule rule, String policyNamespace, Predicate<Peer> kind) {
        PeerReach reach = new PeerReach();
        rule.peers().stream().filter(kind).forEach(peer -> reach.add(workloads(peer, policyNamespace)));
        return reach;
    }

    private static boolean isBlock(Peer peer) {
        return peer.match(pods -> false, block -> true, unknown -> false);
    }

    /** Whether the rule's peers are these addresses. */
    Answer addresses(Rule rule, String policyNamespace, Direction direction, Endpoint.Addresses addresses) {
        Answer answer = Answer.of(rule.isForAnybody());
        for (Peer peer : rule.peers()) {
            answer = answer.or(matcher.match(peer, policyNamespace, direction, addresses, traffic)
                    .answer());
        }
        return answer;
    }

    /** Whether the rule's peers are a pod of which nothing is known, not even its namespace. */
    Answer somePod(Rule rule) {
        Answer answer = Answer.of(rule.isForAnybody());
        for (Peer peer : rule.peers()) {
            answer = answer.or(peer.match(
                    PeerSurvey::somePod,
                    block -> matcher.matchSomePod(block, traffic.family()),
                    unknown -> Answer.UNKNOWN));
        }
        return answer;
    }

    private static Answer somePod(Peer.Pods peer) {
        boolean everyNamespace = peer.namespaces()
                .match(() -> false, matching -> matching.selector().selectsEverything());
        return everyNamespace && peer.pods().selectsEverything() ? Answer.YES : Answer.UNKNOWN;
    }

    private PeerReach workloads(Peer peer, String policyNamespace) {
        Question question = new Question(peer.match(pods -> policyNamespace, block -> "", unknown -> ""), peer);
        return answered.computeIfAbsent(question, this::ask);
    }

    private PeerReach ask(Question question) {
        PeerReach reach = new PeerReach();
        for (Workload workload : candidates(question)) {
            int number = roster.number(workload);
            reach.add(
                    number,
                    matcher.match(
                                    question.peer(),
                                    question.namespace(),
                                    Direction.INGRESS,
                                    roster.endpoint(number),
                                    traffic)
                            .answer());
        }
        return reach;
    }

    /** All that the peer may be. */
    private List<Workload> candidates(Question question) {
        return question.peer()
                .match(
                        pods -> matcher.reachesBeyondPods(pods)
                                ? roster.workloads()
                                : scope(pods, question.namespace()).stream()
                                        .flatMap(shard -> shard.workloads(shard.select(pods.pods())).stream())
                                        .toList(),
                        block -> roster.workloads(),
                        unknown -> roster.workloads());
    }

    private List<NamespaceShard> scope(Peer.Pods peer, String policyNamespace) {
        return peer.namespaces()
                .match(
                        () -> cluster.namespace(policyNamespace).stream().toList(),
                        matching -> cluster.namespacesMatching(matching.selector()));
    }
}
