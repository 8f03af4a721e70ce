package dev.flowguard.report;

import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A place in a policy.
 *
 * @param place the field, as {@code spec.ingress[0]}
 */
public record Blame(PolicyRef policy, String place) {
    /**
     * Why a pair is as it is: the rules that open it, or else the sections without a rule for it.
     *
     * @param changed policies to name before others
     */
    static List<Blame> of(Trace trace, Set<PolicyRef> changed) {
        List<Blame> blame = new ArrayList<>();
        for (SideTrace side : trace.sides()) {
            String section = "spec." + side.direction().section();
            if (side.answer().isNo()) {
                side.isolatedBy().forEach(policy -> blame.add(new Blame(policy, section)));
            } else if (trace.verdict().answer().isYes()) {
                opening(side).forEach(blame::add);
            }
        }
        return blame.stream()
                .sorted(Comparator.comparing(each -> !changed.contains(each.policy())))
                .distinct()
                .toList();
    }

    private static Stream<Blame> opening(SideTrace side) {
        return side.policies().stream()
                .flatMap(policy -> policy.rules().stream()
                        .filter(rule -> rule.answer().isYes())
                        .map(rule -> new Blame(
                                policy.policy().ref(),
                                "spec." + side.direction().section() + "["
                                        + rule.rule().index() + "]")));
    }
}
