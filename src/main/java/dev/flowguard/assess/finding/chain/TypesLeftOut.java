package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.calico.CalicoPolicy;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A policy of Calico without {@code types} that says of both directions something, or seems to (OTHER-POLICIES K9). */
final class TypesLeftOut implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "types-left-out", Severity.WARNING, "types is left out where both directions seem meant", """
            Without `types` a policy of Calico applies to ingress alone, unless it has egress rules. Two things are easily mistaken: a policy
            that is called a default deny and has no rules closes one direction only; and an empty list, `egress: []`, counts as rules for
            some of those who fill in `types` and not for others.

            Write `types: [Ingress, Egress]`, or the one that is meant.
            """);

    private static final Pattern DENIES_BOTH = Pattern.compile("(?i).*(default-?deny|deny-?all|isolate|lockdown).*");
    private static final Pattern ONE_WAY = Pattern.compile("(?i).*(ingress|egress|inbound|outbound).*");

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.as(CalicoPolicy.class)
                .filter(calico -> !policy.ruled().isEmpty() && !calico.typesWritten())
                .flatMap(calico -> Stream.of(Direction.values())
                        .filter(direction -> calico.applies(direction) == Answer.UNKNOWN)
                        .map(TypesLeftOut::uncertain)
                        .findFirst()
                        .or(() -> calledDenial(calico).findFirst())
                        .stream());
    }

    private static Remark uncertain(Direction direction) {
        return Remark.of(
                KIND,
                "spec.types",
                "Whether the empty " + direction.section()
                        + " section counts depends on who fills in types, which is left out. Write"
                        + "  types: [Ingress, Egress]  or the one that is meant.",
                "types is left out, and whether the empty " + direction.section()
                        + " section counts is open; write types",
                "types is left out; write it");
    }

    private static Stream<Remark> calledDenial(CalicoPolicy calico) {
        boolean empty = calico.ingress().isEmpty() && calico.egress().isEmpty();
        String name = calico.ref().name();
        return empty
                        && calico.applies(Direction.EGRESS).isNo()
                        && DENIES_BOTH.matcher(name).matches()
                        && !ONE_WAY.matcher(name).matches()
                ? Stream.of(Remark.of(
                        KIND,
                        "spec.types",
                        "Without types and without rules the policy closes ingress alone, and its name says more. Write"
                                + "  types: [Ingress, Egress]  if both are meant, or  types: [Ingress].",
                        "types is left out, so that it closes ingress alone; if both are meant write types: [Ingress, Egress]",
                        "types is left out, so that it closes ingress alone"))
                : Stream.empty();
    }
}
