package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another policy decides everything about the pods before this one is asked. */
final class NeverAsked implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "policy-never-asked", Severity.WARNING, "An earlier policy decides before this one is asked", """
            Policies are asked in order: tier by tier, and in a tier by `order` or `priority`, the lower number first. Another policy that comes
            before this one selects all of its pods and decides all of their traffic, or its tier ends with a denial, so that this one is
            never asked and has no effect.

            Move this policy before the other one (a lower `order` or `priority`, or an earlier tier), or let the other one pass on what this one
            is meant to decide. Only what follows from the text of the policies is reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.ruled().stream().limit(1).flatMap(own -> {
            Earlier earlier = policy.earlier(own);
            List<Direction> present = Stream.of(Direction.values())
                    .filter(direction -> own.section(direction).isPresent())
                    .toList();
            List<Remark> remarks = new ArrayList<>();
            for (Direction direction : present) {
                earlier.ofEverything(direction)
                        .ifPresent(decider -> remarks.add(remark(own, decider, direction, present.size() > 1)));
            }
            return remarks.stream();
        });
    }

    private static Remark remark(RuledPolicy own, Earlier.Decider decider, Direction direction, boolean halfOnly) {
        String what = halfOnly ? "its " + direction.section() + " rules are" : "it is";
        return Remark.of(
                KIND,
                halfOnly ? "spec." + direction.section() : place(own, decider),
                "For the pods that it selects " + what + " never asked: " + decider.what()
                        + ", and comes before it. Move it before"
                        + " that policy, or let that one pass on what this one is meant to decide.",
                what + " never asked: " + decider.what(),
                what + " never asked, as an earlier policy decides everything");
    }

    private static String place(RuledPolicy own, Earlier.Decider decider) {
        return Optional.of(own.ref().group())
                .filter(group -> group.equals("policy.networking.k8s.io"))
                .map(group -> "spec.priority")
                .orElse(decider.ofSameBlock() ? "spec.order" : "spec.tier");
    }
}
