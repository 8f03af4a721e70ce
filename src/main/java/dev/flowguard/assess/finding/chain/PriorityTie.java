package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies of which nobody knows the first, and which do not say the same (OTHER-POLICIES C3). */
final class PriorityTie implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "priority-tie", Severity.WARNING, "Two policies have one priority and say different things", """
            Two policies of one tier have the same priority, select the same pods, and one allows what the other denies or passes on. Which
            is asked first is left to the network plugin: some go by name, to some what denies goes first. Verdicts that depend on it are
            undetermined.

            Give one of them another priority: the lower number is asked first. Policies that select no pod together, or whose
            rules all do the same, are not reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.ruled().stream()
                .filter(own -> own.place().manner() == Place.Manner.IN_ORDER)
                .flatMap(own -> remark(policy, own));
    }

    private static Stream<Remark> remark(ExaminedPolicy policy, RuledPolicy own) {
        List<RuledPolicy> others = policy.all().at(own.place()).stream()
                .filter(other -> !other.ref().equals(own.ref()))
                .filter(other -> !policy.isOfState() || other.ref().compareTo(own.ref()) < 0)
                .filter(other -> differ(own, other) && share(policy, own, other))
                .toList();
        if (others.isEmpty()) {
            return Stream.empty();
        }
        String names = others.stream().map(other -> other.ref().toString()).collect(Collectors.joining(", "));
        String place = Math.round(own.place().order()) + " of the "
                + own.place().block().name();
        return Stream.of(Remark.of(
                KIND,
                "spec.priority",
                "Priority " + place + " is also that of " + names
                        + ", and nobody knows which is asked first where both select a"
                        + " pod. Give one of them another priority: the lower number is asked first.",
                "priority " + place + " is also that of " + names + ": which goes first is open",
                "has the priority of " + names,
                "shares its priority with " + others.size() + " others"));
    }

    /** Whether a rule of the one may do to some traffic what one of the other does not. */
    private static boolean differ(RuledPolicy one, RuledPolicy other) {
        return Stream.of(Direction.values())
                .anyMatch(direction -> one.section(direction).rules().stream()
                        .anyMatch(rule ->
                                other.section(direction).rules().stream().anyMatch(theirs -> differ(rule, theirs))));
    }

    private static boolean differ(ChainRule one, ChainRule other) {
        return one.action() != other.action() && Covering.mayMeet(one.ports(), other.ports());
    }

    private static boolean share(ExaminedPolicy policy, RuledPolicy own, RuledPolicy other) {
        return own.subject().equals(other.subject())
                || policy.selected(own).anyMatch(workload -> policy.selects(other, workload));
    }
}
