package dev.flowguard.verdict;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.EnforcedPolicies;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.chain.Chain;
import dev.flowguard.verdict.chain.ChainMatcher;
import dev.flowguard.verdict.chain.Chains;
import dev.flowguard.verdict.match.EndsMatcher;
import dev.flowguard.verdict.match.RuleMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.BeyondPolicies;
import dev.flowguard.verdict.trace.Trace;
import dev.flowguard.verdict.trace.Tracer;
import dev.flowguard.verdict.trace.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Can the source of a pair reach its destination? Egress isolates the source, ingress the destination, and both must let the
 * traffic through; on each side the policies that isolate it are a union of what their rules allow (SEMANTICS I1, I11–I13).
 * Replies need no rule, and a hostNetwork pod is never isolated (I14, N4), though global policies of Calico may be for its node
 * (OTHER-POLICIES K26).
 *
 * <p>The answer to most questions is that nothing is wrong; it is found without keeping anything. Only then is the
 * {@linkplain Tracer trace} made that says why not. For one thread.
 */
public final class Reachability {
    private final Snapshot cluster;
    private final LastAsked out;
    private final LastAsked in;
    private final RuleMatcher rules;
    private final Tracer tracer;
    private final PolicyView policies;
    private final Chains chains;
    private final ChainMatcher chainMatcher;

    /** Mostly there is none, which is worth knowing before anything is asked. */
    private final boolean someChains;

    /** Pairs come namespace by namespace, so that mostly the policies asked for are those that were asked for last. */
    private static final class LastAsked {
        private final PolicyView policies;
        private String namespace = "";
        private List<CompiledPolicy> found = List.of();

        LastAsked(PolicyView policies) {
            this.policies = policies;
        }

        List<CompiledPolicy> in(String wanted) {
            if (!wanted.equals(namespace)) {
                found = policies.policiesIn(wanted);
                namespace = wanted;
            }
            return found;
        }
    }

    /** @param policies those in force, which may differ from the snapshot's own by a change that is being judged */
    public Reachability(Snapshot cluster, PolicyView policies) {
        this(cluster, policies, Optional.empty());
    }

    /**
     * @param policies those in force after a change of policies of other kinds than NetworkPolicy
     * @param before by those in force before it, whose chains serve for all pods that the change does not touch
     */
    public static Reachability after(Reachability before, PolicyView policies) {
        return new Reachability(before.cluster, policies, Optional.of(before.chains));
    }

    private Reachability(Snapshot cluster, PolicyView policies, Optional<Chains> before) {
        this.cluster = cluster;
        this.policies = EnforcedPolicies.by(cluster.cni(), policies);
        this.out = new LastAsked(this.policies);
        this.in = new LastAsked(this.policies);
        this.rules = new RuleMatcher(cluster);
        EndsMatcher ends = new EndsMatcher(cluster);
        this.chains = new Chains(cluster, this.policies, ends, before);
        this.someChains = !chains.isEmpty();
        this.chainMatcher = new ChainMatcher(cluster, rules, ends);
        this.tracer = new Tracer(cluster, this.policies, rules, chains, chainMatcher);
    }

    public Verdict verdict(Pair pair) {
        return answer(pair).isYes() ? Verdict.ALLOWED : tracer.trace(pair).verdict();
    }

    public Trace trace(Pair pair) {
        return tracer.trace(pair);
    }

    /** YES where the traffic gets through, NO where it does not. */
    public Answer answer(Pair pair) {
        return agreed(pair, this::answerAlone);
    }

    /** The answer as if there were no policies that are not evaluated. */
    public Answer byNetworkPolicies(Pair pair) {
        return agreed(pair, this::byNetworkPoliciesAlone);
    }

    /** The sides that surely let nothing of it through; a pair's alternatives have sides of their own. */
    public List<Direction> closedSides(Pair pair) {
        List<Direction> closed = new ArrayList<>(2);
        if (side(pair.source(), Direction.EGRESS, pair).isNo()) {
            closed.add(Direction.EGRESS);
        }
        if (side(pair.destination(), Direction.INGRESS, pair).isNo()) {
            closed.add(Direction.INGRESS);
        }
        return closed;
    }

    /** What holds for the destination and for everything that serves its purpose, or UNKNOWN. */
    private Answer agreed(Pair pair, Function<Pair, Answer> alone) {
        Answer answer = alone.apply(pair);
        if (pair.alternatives().isEmpty() && !cluster.hasAmbientMesh()) {
            return answer;
        }
        for (Pair other : BeyondPolicies.otherWays(cluster, pair)) {
            if (alone.apply(other) != answer) {
                return Answer.UNKNOWN;
            }
        }
        return answer;
    }

    /** As {@link BeyondPolicies#otherWays}, in this cluster. */
    public List<Pair> otherWays(Pair pair) {
        return BeyondPolicies.otherWays(cluster, pair);
    }

    private Answer answerAlone(Pair pair) {
        boolean concernedByOthers = isConcernedByOthers(pair.source()) || isConcernedByOthers(pair.destination());
        return concernedByOthers && !BeyondPolicies.isExempt(cluster, pair)
                ? Answer.UNKNOWN
                : byNetworkPoliciesAlone(pair);
    }

    private Answer byNetworkPoliciesAlone(Pair pair) {
        boolean hairpin = pair.isOnePodWithItself();
        if (hairpin && BeyondPolicies.isExempt(cluster, pair)) {
            return Answer.YES;
        }
        Answer answer = side(pair.source(), Direction.EGRESS, pair);
        if (!answer.isNo()) {
            answer = answer.and(side(pair.destination(), Direction.INGRESS, pair));
        }
        return hairpin && !answer.isYes() ? Answer.UNKNOWN : answer;
    }

    private Answer side(Endpoint end, Direction direction, Pair pair) {
        return end instanceof Endpoint.Pods pods && !pods.workload().hostNetwork()
                ? side(pods.workload(), direction, pair)
                : someChains && end.isOnNode() ? sideOnNode(direction, pair) : Answer.YES;
    }

    private Answer sideOnNode(Direction direction, Pair pair) {
        return chains.onNodes(direction)
                .map(chain -> chainMatcher.answer(chain, direction, pair))
                .orElse(Answer.YES);
    }

    private Answer side(Workload subject, Direction direction, Pair pair) {
        Optional<Chain> chain = someChains ? chains.of(subject, direction) : Optional.empty();
        return chain.isPresent() ? side(chain.get(), direction, pair) : sideByNetworkPolicies(subject, direction, pair);
    }

    private Answer side(Chain chain, Direction direction, Pair pair) {
        Answer answer = chainMatcher.answer(chain, direction, pair);
        return answer.isNo()
                        && BeyondPolicies.leftOpen(cluster, direction, pair)
                                .filter(BeyondPolicies::isOfNodes)
                                .isPresent()
                ? Answer.UNKNOWN
                : answer;
    }

    private Answer sideByNetworkPolicies(Workload subject, Direction direction, Pair pair) {
        boolean asked = false;
        Answer allowed = Answer.NO;
        LastAsked policies = direction == Direction.EGRESS ? out : in;
        for (CompiledPolicy compiled : policies.in(subject.namespace())) {
            Policy policy = compiled.policy();
            if (!policy.isUnderstood()) {
                asked = true;
                allowed = allowed.or(Answer.UNKNOWN);
            } else if (compiled.isolates(subject, direction)) {
                asked = true;
                for (Rule rule : policy.rules(direction)) {
                    Answer byRule = rules.answer(policy.ref(), rule, direction, pair);
                    if (byRule.isYes()) {
                        return Answer.YES;
                    }
                    allowed = allowed.or(byRule);
                }
            }
        }
        if (!asked) {
            return Answer.YES;
        }
        return allowed.isNo()
                        && BeyondPolicies.leftOpen(cluster, direction, pair).isPresent()
                ? Answer.UNKNOWN
                : allowed;
    }

    private boolean isConcernedByOthers(Endpoint end) {
        return !BeyondPolicies.otherPolicies(policies.ruled(), end).isEmpty();
    }
}
