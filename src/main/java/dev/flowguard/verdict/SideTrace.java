package dev.flowguard.verdict;

import dev.flowguard.cluster.Workload;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one side of a pair was found open or closed.
 *
 * @param subject whose policies were asked
 * @param policies those that isolate the subject in this direction, or that may
 * @param leftOpen what keeps a side that no rule opens from being surely closed
 */
public record SideTrace(
        Direction direction, Workload subject, List<PolicyTrace> policies, Optional<Doubt.LeftOpen.Question> leftOpen) {
    /**
     * A policy that was asked.
     *
     * @param rules empty where the policy is not understood
     */
    public record PolicyTrace(Policy policy, List<RuleTrace> rules) {
        public PolicyTrace {
            rules = List.copyOf(rules);
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
        if (policies.isEmpty()) {
            return Answer.YES;
        }
        Answer allowed = policies.stream().map(PolicyTrace::answer).reduce(Answer.NO, Answer::or);
        return allowed.isNo() && leftOpen.isPresent() ? Answer.UNKNOWN : allowed;
    }

    /** The policies that certainly isolate the subject. */
    public List<PolicyRef> isolatedBy() {
        return policies.stream()
                .map(PolicyTrace::policy)
                .filter(Policy::isUnderstood)
                .map(Policy::ref)
                .toList();
    }

    /** Why this side is undetermined; empty where it is not. */
    List<Doubt> doubts() {
        if (answer() != Answer.UNKNOWN) {
            return List.of();
        }
        List<Doubt> doubts = new ArrayList<>();
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
