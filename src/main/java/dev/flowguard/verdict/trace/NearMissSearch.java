package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.match.RuleMatcher;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.NearMiss.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks through what was asked, and through what was not, for something that only just misses the traffic. What it finds are
 * guesses at what somebody meant; nothing depends on them.
 */
public final class NearMissSearch {
    private final Snapshot cluster;
    private final PolicyView policies;
    private final RuleMatcher rules;
    private final NearRule nearRule;
    private final NearChainRule nearChainRule;

    public NearMissSearch(Snapshot cluster, PolicyView policies) {
        this.cluster = cluster;
        this.policies = policies;
        this.rules = new RuleMatcher(cluster);
        this.nearRule = new NearRule(cluster);
        this.nearChainRule = new NearChainRule(cluster, nearRule);
    }

    public List<NearMiss> search(Pair pair, SideTrace side) {
        Direction direction = side.direction();
        List<NearMiss> found = new ArrayList<>();
        for (SideTrace.PolicyTrace asked : side.policies()) {
            for (RuleTrace rule : asked.rules()) {
                nearRule.miss(asked.policy(), direction, rule, pair).ifPresent(found::add);
            }
        }
        side.chain().stream()
                .flatMap(chain -> chain.parts().stream())
                .flatMap(part -> part.steps().stream())
                .flatMap(step -> step.match(
                        rule -> nearChainRule.misses(rule, direction, pair),
                        networkPolicies -> Stream.empty(),
                        rest -> Stream.<NearMiss>empty()))
                .forEach(found::add);
        Workload subject = side.subject();
        nearChainRule.unselecting(policies.ruled(), subject, direction, pair).forEach(found::add);
        for (CompiledPolicy compiled : policies.policiesIn(subject.namespace())) {
            Policy policy = compiled.policy();
            if (!policy.isUnderstood()) {
                continue;
            }
            if (!compiled.selected().contains(subject)) {
                Selectors.slip(policy.podSelector(), subject.labels())
                        .ifPresent(slip -> opening(policy, policy.rules(direction), direction, pair)
                                .forEach(rule -> found.add(NearMiss.of(
                                        Reason.SELECTS_ONE_LABEL_OFF,
                                        policy.ref(),
                                        direction,
                                        rule.index(),
                                        slip.written(),
                                        slip.found()))));
                continue;
            }
            if (!policy.isolates(direction)) {
                add(found, Reason.NOT_IN_POLICY_TYPES, policy, direction, direction, pair);
            }
            add(found, Reason.OTHER_DIRECTION, policy, opposite(direction), direction, pair);
        }
        found.addAll(elsewhere(pair, side));
        return found;
    }

    /** Policies that would open this side, had they been put where the subject is; looked for where the other end is. */
    private List<NearMiss> elsewhere(Pair pair, SideTrace side) {
        Workload subject = side.subject();
        Direction direction = side.direction();
        Endpoint other = direction == Direction.INGRESS ? pair.source() : pair.destination();
        String otherNamespace = other.match(pods -> pods.workload().namespace(), addresses -> subject.namespace());
        List<NearMiss> found = new ArrayList<>();
        if (otherNamespace.equals(subject.namespace())) {
            return found;
        }
        NamespaceShard shard = cluster.namespaceOrAssumed(otherNamespace);
        for (CompiledPolicy compiled : policies.policiesIn(otherNamespace)) {
            Policy policy = compiled.policy();
            boolean describesSubjectAlone = !policy.podSelector().selectsEverything()
                    && policy.podSelector().matches(subject.labels())
                    && shard.select(policy.podSelector()).isEmpty();
            if (policy.isUnderstood() && describesSubjectAlone) {
                opening(policy, policy.rules(direction), direction, pair)
                        .forEach(rule -> found.add(NearMiss.of(
                                Reason.POLICY_IN_OTHER_NAMESPACE,
                                policy.ref(),
                                direction,
                                rule.index(),
                                otherNamespace,
                                subject.namespace())));
            }
        }
        return found;
    }

    /** @param section where the rules stand */
    private void add(
            List<NearMiss> found, Reason reason, Policy policy, Direction section, Direction asked, Pair pair) {
        opening(policy, policy.section(section).written(), asked, pair)
                .forEach(rule -> found.add(
                        NearMiss.of(reason, policy.ref(), section, rule.index(), section.section(), asked.section())));
    }

    /** The rules that would let the traffic through if they were asked, but for those that name nobody. */
    private List<Rule> opening(Policy policy, List<Rule> written, Direction asked, Pair pair) {
        return written.stream()
                .filter(rule -> !rule.isForAnybody())
                .filter(rule -> rules.answer(policy.ref(), rule, asked, pair).isYes())
                .toList();
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
    }
}
