package dev.flowguard.assess;

import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import java.util.List;

/** Rules that make a broken flow work again; the engine has judged that they do. */
public record Repair(List<Step> steps) {
    /**
     * One rule to add.
     *
     * @param policy the policy that takes the rule; a name to give where it is to be made
     * @param podSelector whom the policy selects
     * @param exists whether there is such a policy already
     */
    public record Step(PolicyRef policy, LabelSelector podSelector, boolean exists, Direction direction, Rule rule) {}

    public Repair {
        steps = List.copyOf(steps);
    }
}
