package dev.flowguard.verdict.trace;

import dev.flowguard.policy.Answer;
import dev.flowguard.policy.chain.Action;
import java.util.List;
import java.util.stream.Stream;

/**
 * How one side was found open or closed where policies of several kinds are asked in turn.
 *
 * @param parts the blocks that the traffic may have reached, each with the steps that were asked up to the one that decided
 * @param answer whether this side lets the traffic through, as far as policies say
 */
public record ChainTrace(List<Part> parts, Answer answer) {
    /**
     * A block.
     *
     * @param name for people; empty for the end of the chain
     */
    public record Part(String name, List<StepTrace> steps) {
        public Part {
            steps = List.copyOf(steps);
        }

        /** The steps that decided, or may have decided, about the traffic. */
        public List<StepTrace> met() {
            return steps.stream().filter(step -> !step.answer().isNo()).toList();
        }
    }

    public ChainTrace {
        parts = List.copyOf(parts);
    }

    /** The steps that decided, or may have decided, that the traffic does not get through. */
    public List<StepTrace> denials() {
        return met().filter(step -> step.action() == Action.DENY).toList();
    }

    /** The steps of which it is unknown whether they match. */
    public List<StepTrace> unclear() {
        return met().filter(step -> step.answer() == Answer.UNKNOWN).toList();
    }

    /** Every step that matched, or may have. */
    public Stream<StepTrace> met() {
        return parts.stream().flatMap(part -> part.met().stream());
    }

    /** The NetworkPolicies that were asked. */
    List<SideTrace.PolicyTrace> networkPolicies() {
        return parts.stream()
                .flatMap(part -> part.steps().stream())
                .flatMap(step -> step.match(
                        rule -> Stream.<SideTrace.PolicyTrace>empty(),
                        policies -> policies.policies().stream(),
                        rest -> Stream.<SideTrace.PolicyTrace>empty()))
                .toList();
    }
}
