package dev.flowguard.verdict.chain;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.verdict.match.EndsMatcher;
import dev.flowguard.verdict.match.PortsMatcher;
import dev.flowguard.verdict.match.RuleMatcher;
import dev.flowguard.verdict.match.UnclearParts;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a chain for one kind of traffic. Where it is unknown whether a step matches, both cases are followed: the traffic may be
 * decided there, and it may go on. What is undetermined is only what can end both ways (OTHER-POLICIES X2).
 */
public final class ChainMatcher {
    private final RuleMatcher rules;
    private final EndsMatcher ends;
    private final PortsMatcher ports;

    public ChainMatcher(Snapshot cluster, RuleMatcher rules, EndsMatcher ends) {
        this.rules = rules;
        this.ends = ends;
        this.ports = new PortsMatcher(cluster);
    }

    public Answer answer(Chain chain, Direction direction, Pair pair) {
        return walk(chain, direction, pair).answer();
    }

    private ChainWalk walk(Chain chain, Direction direction, Pair pair) {
        ChainWalk walk = new ChainWalk();
        for (Chain.Part part : chain.parts()) {
            for (ChainStep step : part.steps()) {
                if (!walk.isHere()) {
                    break;
                }
                take(walk, step, direction, pair);
            }
            walk.nextBlock();
        }
        return walk;
    }

    private void take(ChainWalk walk, ChainStep step, Direction direction, Pair pair) {
        Runnable taking = step.match(
                rule -> () -> walk.meet(rule.rule().action(), match(rule, direction, pair)),
                tie -> () -> walk.meetTie(tie(tie, direction, pair)),
                networkPolicies -> () -> walk.meet(Action.ALLOW, match(networkPolicies, direction, pair)),
                rest -> () -> walk.meet(rest.action(), rest.answer(pair.traffic())));
        taking.run();
    }

    /** For each of the policies the way through it alone. */
    private List<ChainWalk> tie(ChainStep.Tie tie, Direction direction, Pair pair) {
        List<ChainWalk> walks = new ArrayList<>();
        for (List<ChainStep.OneRule> policy : tie.policies()) {
            ChainWalk walk = new ChainWalk();
            policy.forEach(rule -> walk.meet(rule.rule().action(), match(rule, direction, pair)));
            walks.add(walk);
        }
        return walks;
    }

    /** Whether the rule matches. */
    Answer match(ChainStep.OneRule step, Direction direction, Pair pair) {
        Answer peer = peer(step, direction, pair);
        return peer.isNo() ? Answer.NO : peer.and(ports(step, pair)).and(certainty(step));
    }

    public Answer peer(ChainStep.OneRule step, Direction direction, Pair pair) {
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        Endpoint subject = direction == Direction.INGRESS ? pair.destination() : pair.source();
        Answer answer = ends.match(step.rule().peer(), direction, other, pair.traffic());
        return answer.isNo()
                ? Answer.NO
                : answer.and(ends.match(step.rule().subject(), Direction.EGRESS, subject, pair.traffic()));
    }

    /** Why nobody can tell whether the rule speaks of the other end. */
    public List<String> unclearPeer(ChainStep.OneRule step, Direction direction, Pair pair) {
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        return UnclearParts.of(
                step.rule().peer(), part -> ends.match(part, direction, other, pair.traffic()) == Answer.UNKNOWN);
    }

    public Answer ports(ChainStep.OneRule step, Pair pair) {
        return ports.match(step.rule().ports(), pair.destination(), pair.traffic());
    }

    /** YES where there is no doubt of what the rule means, or of whom its policy selects. */
    public static Answer certainty(ChainStep.OneRule step) {
        return step.rule().doubts().isEmpty() ? step.selects() : Answer.UNKNOWN;
    }

    private Answer match(ChainStep.NetworkPolicies step, Direction direction, Pair pair) {
        Answer allowed = Answer.NO;
        for (CompiledPolicy compiled : step.policies()) {
            Policy policy = compiled.policy();
            if (!policy.isUnderstood()) {
                allowed = allowed.or(Answer.UNKNOWN);
                continue;
            }
            for (Rule rule : policy.rules(direction)) {
                allowed = allowed.or(rules.answer(policy.ref(), rule, direction, pair));
                if (allowed.isYes()) {
                    return allowed;
                }
            }
        }
        return allowed;
    }
}
