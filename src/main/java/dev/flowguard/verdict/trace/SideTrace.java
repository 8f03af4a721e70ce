package dev.flowguard.verdict.trace;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.verdict.match.RuleMatcher;
import dev.flowguard.verdict.match.RuleTrace;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one side of a pair was found open or closed.
 *
 * @param subject whose policies were asked
 * @param policies those that isolate the subject in this direction, or that may
 * @param chain where policies of several kinds are asked in turn; empty where NetworkPolicies alone decide
 * @param leftOpen what keeps a side that no rule opens from being surely closed
 */
public record SideTrace(
        Direction direction,
        Workload subject,
        List<PolicyTrace> policies,
        Optional<ChainTrace> chain,
        Optional<Doubt.LeftOpen.Question> leftOpen) {
    /**
     * A policy that was asked.
     *
     * @param rules empty where the policy is not understood
     */
    public record PolicyTrace(Policy policy, List<RuleTrace> rules) {
        public PolicyTrace {
            rules = List.copyOf(rules);
        }

        static PolicyTrace of(Policy policy, Direction direction, Pair pair, RuleMatcher rules) {
            return new PolicyTrace(
                    policy,
                    policy.isUnderstood()
                            ? policy.rules(direction).stream()
                                    .map(rule -> rules.trace(policy.ref(), rule, direction, pair))
                                    .toList()
                            : List.of());
        }

        Answer answer() {
            return policy.isUnderstood()
                    ? rules.stream().map(RuleTrace::answer).reduce(Answer.NO, Answer::or)
                    : Answer.UNKNOWN;
        }
    }

    public SideTrace {
        policies = List.copyOf(policies);
    }

    /** Whether this side lets the traffic through. */
    public Answer answer() {
        if (policies.isEmpty() && chain.isEmpty()) {
            return Answer.YES;
        }
        Answer allowed = chain.map(ChainTrace::answer)
                .orElseGet(() -> policies.stream().map(PolicyTrace::answer).reduce(Answer.NO, Answer::or));
        return allowed.isNo() && leftOpen.isPresent() ? Answer.UNKNOWN : allowed;
    }

    /** The NetworkPolicies that certainly isolate the subject and so close this side, none of which has a rule for the traffic. */
    public List<PolicyRef> isolatedBy() {
        return chain.map(asked -> asked.denials().stream()
                        .flatMap(SideTrace::because)
                        .flatMap(policy -> policy.asPolicy().stream())
                        .toList())
                .orElseGet(() -> policies.stream()
                        .map(PolicyTrace::policy)
                        .filter(Policy::isUnderstood)
                        .map(Policy::ref)
                        .toList());
    }

    /** What closes this side beside them: rules of other kinds of policies, and those of which none matches. */
    public List<Denial> deniedBy() {
        return chain.stream()
                .flatMap(asked -> asked.denials().stream())
                .flatMap(step -> step.match(
                        rule -> Stream.of(new Denial(
                                ObjectRef.of(rule.policy().ref()),
                                rule.rule().label(),
                                rule.policy().place().manner() == Place.Manner.TOGETHER)),
                        policies -> Stream.<Denial>empty(),
                        rest -> rest.because().stream()
                                .filter(policy -> policy.asPolicy().isEmpty())
                                .map(Denial::byIsolation)))
                .distinct()
                .toList();
    }

    private static Stream<ObjectRef> because(StepTrace step) {
        return step.match(rule -> Stream.empty(), policies -> Stream.empty(), rest -> rest.because().stream());
    }

    /** Why this side is undetermined; empty where it is not. */
    List<Doubt> doubts() {
        if (answer() != Answer.UNKNOWN) {
            return List.of();
        }
        List<Doubt> doubts = new ArrayList<>();
        chain.ifPresent(asked -> doubts.addAll(UnclearSteps.of(direction, asked)));
        for (PolicyTrace trace : policies) {
            Policy policy = trace.policy();
            if (!policy.isUnderstood()) {
                doubts.add(new Doubt.UnclearPolicy(policy.ref(), policy.unknownFields()));
            }
            trace.rules().stream()
                    .filter(rule -> rule.answer() == Answer.UNKNOWN)
                    .forEach(rule -> doubts.add(new Doubt.UnclearRule(
                            policy.ref(),
                            direction,
                            rule.rule().index(),
                            rule.rule().unknownFields(),
                            rule.peers().stream()
                                    .filter(peer -> peer.answer() == Answer.UNKNOWN)
                                    .distinct()
                                    .toList(),
                            rule.ports().stream()
                                    .filter(port -> port.answer() == Answer.UNKNOWN)
                                    .distinct()
                                    .toList())));
        }
        leftOpen.ifPresent(question -> doubts.add(new Doubt.LeftOpen(question)));
        return doubts;
    }
}
