package dev.flowguard.verdict;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The twin of {@link Reachability}: asks the same questions and keeps every answer. */
final class Tracer {
    private final Snapshot cluster;
    private final PolicyView policies;
    private final RuleMatcher rules;

    Tracer(Snapshot cluster, PolicyView policies, RuleMatcher rules) {
        this.cluster = cluster;
        this.policies = policies;
        this.rules = rules;
    }

    Trace trace(Pair pair) {
        List<SideTrace> sides = Stream.concat(
                        side(pair.source(), Direction.EGRESS, pair), side(pair.destination(), Direction.INGRESS, pair))
                .toList();
        return new Trace(
                pair,
                sides,
                Reachability.isExempt(cluster, pair),
                pair.isOnePodWithItself(),
                Reachability.otherPolicies(cluster, pair),
                pair.alternatives().stream()
                        .map(alternative -> trace(pair.to(alternative)))
                        .toList());
    }

    private Stream<SideTrace> side(Endpoint end, Direction direction, Pair pair) {
        return end.match(pods -> Stream.of(side(pods.workload(), direction, pair)), addresses -> Stream.empty());
    }

    private SideTrace side(Workload subject, Direction direction, Pair pair) {
        List<SideTrace.PolicyTrace> asked = new ArrayList<>();
        if (!subject.hostNetwork()) {
            for (CompiledPolicy compiled : policies.policiesIn(subject.namespace())) {
                Policy policy = compiled.policy();
                if (!policy.isUnderstood()) {
                    asked.add(new SideTrace.PolicyTrace(policy, List.of()));
                } else if (compiled.isolates(subject, direction)) {
                    asked.add(new SideTrace.PolicyTrace(
                            policy,
                            policy.rules(direction).stream()
                                    .map(rule -> rules.trace(policy.ref(), rule, direction, pair))
                                    .toList()));
                }
            }
        }
        return new SideTrace(direction, subject, asked, Reachability.leftOpen(cluster, direction, pair));
    }
}
