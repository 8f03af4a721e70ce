package dev.flowguard.report;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.verdict.trace.Denial;
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
public record Blame(ObjectRef policy, String place) {
    /**
     * Why a pair is as it is: the rules that open it, or else the sections without a rule for it.
     *
     * @param changed policies to name before others
     */
    static List<Blame> of(Trace trace, Set<ObjectRef> changed) {
        List<Blame> blame = new ArrayList<>();
        for (SideTrace side : trace.sides()) {
            String section = "spec." + side.direction().section();
            if (side.answer().isNo()) {
                side.deniedBy().forEach(denial -> blame.add(of(denial, section)));
                side.isolatedBy().forEach(policy -> blame.add(new Blame(ObjectRef.of(policy), section)));
            } else if (trace.verdict().answer().isYes()) {
                opening(side).forEach(blame::add);
            }
        }
        return blame.stream()
                .sorted(Comparator.comparing(each -> !changed.contains(each.policy())))
                .distinct()
                .toList();
    }

    /** The rule that denies, or the section of a policy that isolates. */
    private static Blame of(Denial denial, String section) {
        String rule = denial.rule().split(" ", 2)[0];
        return new Blame(denial.policy(), rule.isEmpty() ? section : rule.startsWith("specs[") ? rule : "spec." + rule);
    }

    private static Stream<Blame> opening(SideTrace side) {
        return side.policies().stream()
                .flatMap(policy -> policy.rules().stream()
                        .filter(rule -> rule.answer().isYes())
                        .map(rule -> new Blame(
                                ObjectRef.of(policy.policy().ref()),
                                "spec." + side.direction().section() + "["
                                        + rule.rule().index() + "]")));
    }
}
