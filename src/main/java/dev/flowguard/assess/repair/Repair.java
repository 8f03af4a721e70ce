package dev.flowguard.assess.repair;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.amend.Amendment;
import dev.flowguard.policy.amend.Edit;
import dev.flowguard.policy.amend.Wanted;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Changes of policies that make a broken flow work again; the engine has judged that they do. */
public record Repair(List<Step> steps) {
    /** A change of one policy. */
    public sealed interface Step {
        /** The policy that is changed; a name to give where it is to be made. */
        ObjectRef policy();

        /** Whether there is such a policy already. */
        boolean exists();

        /** Whose policies kept the flow out: those of the receiver, or those of the sender. */
        Direction direction();

        <T> T match(Function<NewRule, T> newRule, Function<Mended, T> mended, Function<Amended, T> amended);
    }

    /**
     * A rule to add to a NetworkPolicy.
     *
     * @param ref the policy that takes the rule; a name to give where it is to be made
     * @param podSelector whom the policy selects
     */
    public record NewRule(PolicyRef ref, LabelSelector podSelector, boolean exists, Direction direction, Rule rule)
            implements Step {
        @Override
        public ObjectRef policy() {
            return ObjectRef.of(ref);
        }

        @Override
        public <T> T match(Function<NewRule, T> newRule, Function<Mended, T> mended, Function<Amended, T> amended) {
            return newRule.apply(this);
        }
    }

    /**
     * A selector of a NetworkPolicy that selects nobody, mended where it stands.
     *
     * @param mended the whole of it as it will be
     * @param field below the spec: {@code podSelector}, {@code ingress[0].from[1]}
     * @param was what stands there, as manifests have it
     * @param now what is to stand there
     */
    public record Mended(
            Policy mended, Direction direction, String field, Map<String, Object> was, Map<String, Object> now)
            implements Step {
        @Override
        public ObjectRef policy() {
            return ObjectRef.of(mended.ref());
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public <T> T match(Function<NewRule, T> newRule, Function<Mended, T> mended, Function<Amended, T> amended) {
            return mended.apply(this);
        }
    }

    /**
     * A policy of another kind, amended in its own shape.
     *
     * @param wanted what it is to let through
     */
    public record Amended(Amendment amendment, Wanted wanted) implements Step {
        @Override
        public ObjectRef policy() {
            return ObjectRef.of(amendment.policy().ref());
        }

        @Override
        public boolean exists() {
            return amendment.edit().match(newObject -> false, newRules -> true, leftOut -> true);
        }

        @Override
        public Direction direction() {
            return wanted.direction();
        }

        @Override
        public <T> T match(Function<NewRule, T> newRule, Function<Mended, T> mended, Function<Amended, T> amended) {
            return amended.apply(this);
        }

        public Edit edit() {
            return amendment.edit();
        }
    }

    public Repair {
        steps = List.copyOf(steps);
    }
}
