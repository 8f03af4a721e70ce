package dev.flowguard.policy.amend;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is changed in the manifest of a policy. Values are maps, lists, strings and numbers, in the order in which they are written. */
public sealed interface Edit {
    <T> T match(Function<NewObject, T> newObject, Function<NewRules, T> newRules, Function<LeftOut, T> leftOut);

    /** There is none yet: the whole of it. */
    record NewObject(Map<String, Object> manifest) implements Edit {
        @Override
        public <T> T match(
                Function<NewObject, T> newObject, Function<NewRules, T> newRules, Function<LeftOut, T> leftOut) {
            return newObject.apply(this);
        }
    }

    /**
     * Rules are put into a list.
     *
     * @param section below the spec: {@code ingress}
     * @param in the field that holds the section: {@code spec}, {@code specs[1]}
     * @param at the place that the first of them has then
     * @param isLast whether no rule follows
     */
    record NewRules(String in, String section, int at, boolean isLast, List<Map<String, Object>> rules)
            implements Edit {
        public NewRules {
            rules = List.copyOf(rules);
        }

        @Override
        public <T> T match(
                Function<NewObject, T> newObject, Function<NewRules, T> newRules, Function<LeftOut, T> leftOut) {
            return newRules.apply(this);
        }
    }

    /**
     * A selector gets a condition more, so that it leaves out whom the flow is about.
     *
     * @param selectors the fields that hold one: {@code spec.ingressDeny[0].fromEndpoints[0]}
     * @param condition what is added to {@code matchExpressions} of each
     */
    record LeftOut(List<String> selectors, Map<String, Object> condition) implements Edit {
        public LeftOut {
            selectors = List.copyOf(selectors);
        }

        @Override
        public <T> T match(
                Function<NewObject, T> newObject, Function<NewRules, T> newRules, Function<LeftOut, T> leftOut) {
            return leftOut.apply(this);
        }
    }
}
