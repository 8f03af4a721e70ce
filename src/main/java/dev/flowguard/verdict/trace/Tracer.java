package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.chain.ChainMatcher;
import dev.flowguard.verdict.chain.Chains;
import dev.flowguard.verdict.match.RuleMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The twin of {@link Reachability}: asks the same questions and keeps every answer. */
public final class Tracer {
    private final Snapshot cluster;
    private final PolicyView policies;
    private final RuleMatcher rules;
    private final Chains chains;
    private final ChainTracer chainTracer;

    public Tracer(Snapshot cluster, PolicyView policies, RuleMatcher rules, Chains chains, ChainMatcher chainMatcher) {
        this.cluster = cluster;
        this.policies = policies;
        this.rules = rules;
        this.chains = chains;
        this.chainTracer = new ChainTracer(rules, chainMatcher);
    }

    public Trace trace(Pair pair) {
        List<SideTrace> sides = Stream.concat(
                        side(pair.source(), Direction.EGRESS, pair), side(pair.destination(), Direction.INGRESS, pair))
                .toList();
        List<Doubt> onNodes = Stream.concat(
                        onNode(pair.source(), Direction.EGRESS, pair),
                        onNode(pair.destination(), Direction.INGRESS, pair))
                .toList();
        return new Trace(
                pair,
                sides,
                onNodes,
                BeyondPolicies.isExempt(cluster, pair),
                pair.isOnePodWithItself(),
                BeyondPolicies.otherPolicies(policies, pair),
                BeyondPolicies.otherWays(cluster, pair).stream()
                        .map(this::trace)
                        .toList());
    }

    private Stream<Doubt> onNode(Endpoint end, Direction direction, Pair pair) {
        return end.isOnNode()
                ? chains.onNodes(direction).map(chain -> chainTracer.trace(chain, direction, pair)).stream()
                        .filter(trace -> trace.answer() == Answer.UNKNOWN)
                        .flatMap(trace -> UnclearSteps.onNode(direction, trace))
                : Stream.empty();
    }

    private Stream<SideTrace> side(Endpoint end, Direction direction, Pair pair) {
        return end.match(pods -> Stream.of(side(pods.workload(), direction, pair)), addresses -> Stream.empty());
    }

    private SideTrace side(Workload subject, Direction direction, Pair pair) {
        Optional<Doubt.LeftOpen.Question> leftOpen = BeyondPolicies.leftOpen(cluster, direction, pair);
        Optional<ChainTrace> chain =
                chains.of(subject, direction).map(found -> chainTracer.trace(found, direction, pair));
        if (chain.isPresent()) {
            return new SideTrace(
                    direction,
                    subject,
                    chain.get().networkPolicies(),
                    chain,
                    leftOpen.filter(BeyondPolicies::isOfNodes));
        }
        List<SideTrace.PolicyTrace> asked = new ArrayList<>();
        if (!subject.hostNetwork()) {
            for (CompiledPolicy compiled : policies.policiesIn(subject.namespace())) {
                Policy policy = compiled.policy();
                if (!policy.isUnderstood()) {
                    asked.add(new SideTrace.PolicyTrace(policy, List.of()));
                } else if (compiled.isolates(subject, direction)) {
                    asked.add(SideTrace.PolicyTrace.of(policy, direction, pair, rules));
                }
            }
        }
        return new SideTrace(direction, subject, asked, Optional.empty(), leftOpen);
    }
}
