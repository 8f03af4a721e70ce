package dev.flowguard.verdict.trace;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.List;
import java.util.function.Function;

/** A step of a chain that was asked, and whether it matched. */
public sealed interface StepTrace {
    <T> T match(Function<OneRule, T> oneRule, Function<NetworkPolicies, T> networkPolicies, Function<Rest, T> rest);

    /** What becomes of the traffic if the step matches. */
    Action action();

    /** Whether it matches. */
    Answer answer();

    /**
     * A rule of a policy of another kind than NetworkPolicy.
     *
     * @param selects whether the policy selects the pods; never NO
     * @param peer whether the other end is one of which the rule speaks
     * @param unclearPeer clauses for people, why nobody can tell that; none where the reason is of a common kind
     * @param ports whether the rule speaks of the port
     * @param tied whether another policy stands at the same place, so that it is open which of them is asked first
     */
    record OneRule(
            RuledPolicy policy,
            ChainRule rule,
            Answer selects,
            Answer peer,
            List<String> unclearPeer,
            Answer ports,
            boolean tied)
            implements StepTrace {
        public OneRule {
            unclearPeer = List.copyOf(unclearPeer);
        }

        @Override
        public Action action() {
            return rule.action();
        }

        @Override
        public Answer answer() {
            Answer sure = rule.doubts().isEmpty() ? selects : Answer.UNKNOWN;
            return peer.and(ports).and(sure);
        }

        @Override
        public <T> T match(
                Function<OneRule, T> oneRule, Function<NetworkPolicies, T> networkPolicies, Function<Rest, T> rest) {
            return oneRule.apply(this);
        }
    }

    /** NetworkPolicies that isolate the pods, or may. */
    record NetworkPolicies(List<SideTrace.PolicyTrace> policies) implements StepTrace {
        public NetworkPolicies {
            policies = List.copyOf(policies);
        }

        @Override
        public Action action() {
            return Action.ALLOW;
        }

        @Override
        public Answer answer() {
            return policies.stream().map(SideTrace.PolicyTrace::answer).reduce(Answer.NO, Answer::or);
        }

        @Override
        public <T> T match(
                Function<OneRule, T> oneRule, Function<NetworkPolicies, T> networkPolicies, Function<Rest, T> rest) {
            return networkPolicies.apply(this);
        }
    }

    /**
     * What becomes of everything that no step before has decided.
     *
     * @param because of these policies; empty where it is so by itself
     */
    record Rest(Action action, Answer answer, List<ObjectRef> because) implements StepTrace {
        public Rest {
            because = List.copyOf(because);
        }

        @Override
        public <T> T match(
                Function<OneRule, T> oneRule, Function<NetworkPolicies, T> networkPolicies, Function<Rest, T> rest) {
            return rest.apply(this);
        }
    }
}
