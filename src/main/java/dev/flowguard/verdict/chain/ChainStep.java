package dev.flowguard.verdict.chain;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.pair.Traffic;
import java.util.List;
import java.util.function.Function;

/** Something that is asked on the way through a chain: it may decide, or pass to the next block, or leave it to the next step. */
public sealed interface ChainStep {
    <T> T match(
            Function<OneRule, T> oneRule,
            Function<Tie, T> tie,
            Function<NetworkPolicies, T> networkPolicies,
            Function<Rest, T> rest);

    /**
     * A rule of a policy of another kind than NetworkPolicy.
     *
     * @param selects whether the policy selects the pods whose chain this is; never NO
     */
    record OneRule(RuledPolicy policy, Answer selects, ChainRule rule) implements ChainStep {
        @Override
        public <T> T match(
                Function<OneRule, T> oneRule,
                Function<Tie, T> tie,
                Function<NetworkPolicies, T> networkPolicies,
                Function<Rest, T> rest) {
            return oneRule.apply(this);
        }
    }

    /** Policies at one place, of which nobody can tell which is asked first (OTHER-POLICIES C3); each with its rules in order. */
    record Tie(List<List<OneRule>> policies) implements ChainStep {
        public Tie {
            policies = List.copyOf(policies);
        }

        @Override
        public <T> T match(
                Function<OneRule, T> oneRule,
                Function<Tie, T> tie,
                Function<NetworkPolicies, T> networkPolicies,
                Function<Rest, T> rest) {
            return tie.apply(this);
        }
    }

    /** What NetworkPolicies that isolate the pods allow, or may: a union, so that their order never matters. */
    record NetworkPolicies(List<CompiledPolicy> policies) implements ChainStep {
        public NetworkPolicies {
            policies = List.copyOf(policies);
        }

        @Override
        public <T> T match(
                Function<OneRule, T> oneRule,
                Function<Tie, T> tie,
                Function<NetworkPolicies, T> networkPolicies,
                Function<Rest, T> rest) {
            return networkPolicies.apply(this);
        }
    }

    /**
     * What becomes of everything that no step before has decided.
     *
     * @param action never PASS
     * @param applies whether it is so at all
     * @param because of these policies; empty where it is so by itself
     * @param ofNetworkPolicies whether only NetworkPolicies make it so, which say nothing of protocols without ports (SEMANTICS Q18)
     */
    record Rest(Action action, Answer applies, List<ObjectRef> because, boolean ofNetworkPolicies)
            implements ChainStep {
        /** What nothing decides is let through. */
        static final Rest OPEN = new Rest(Action.ALLOW, Answer.YES, List.of(), false);

        public Rest {
            because = List.copyOf(because);
        }

        /** Whether it is so for that traffic. */
        public Answer answer(Traffic traffic) {
            return ofNetworkPolicies && !traffic.protocol().isInPolicies() ? Answer.UNKNOWN.and(applies) : applies;
        }

        @Override
        public <T> T match(
                Function<OneRule, T> oneRule,
                Function<Tie, T> tie,
                Function<NetworkPolicies, T> networkPolicies,
                Function<Rest, T> rest) {
            return rest.apply(this);
        }
    }
}
