package dev.flowguard.verdict.chain;

import dev.flowguard.policy.chain.Action;
import java.util.List;

/**
 * What is asked, in this order, about the traffic of some pods in one direction: the first step that matches decides, or passes to
 * the next block (OTHER-POLICIES section 6). The last step of the last block takes whatever is left.
 */
public record Chain(List<Part> parts) {
    /** A block, with the steps that apply to these pods. */
    public record Part(String name, List<ChainStep> steps) {
        public Part {
            steps = List.copyOf(steps);
        }
    }

    public Chain {
        parts = List.copyOf(parts);
    }

    /** Whether anything in it can keep traffic out. */
    public boolean canDeny() {
        return parts.stream()
                .flatMap(part -> part.steps().stream())
                .anyMatch(step -> step.match(
                        rule -> rule.rule().action() == Action.DENY,
                        tie -> tie.policies().stream()
                                .flatMap(List::stream)
                                .anyMatch(rule -> rule.rule().action() == Action.DENY),
                        networkPolicies -> false,
                        rest -> rest.action() == Action.DENY));
    }
}
