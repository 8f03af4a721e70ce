package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import dev.flowguard.policy.chain.Block;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Place;
import java.util.stream.Stream;

/** A rule passes on, and nobody is asked after it (OTHER-POLICIES C5, K3). */
final class PassToNothing implements ChainDiagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "pass-to-nothing", Severity.WARNING, "A rule passes on, and nothing is asked behind it", """
            `Pass` leaves the decision to the tiers behind. There is none with a policy for this direction, so whatever the rule matches is
            allowed.

            Write what is meant: an action that allows or denies. A pass before the tier of NetworkPolicies is not reported, for these
            may come at any time.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        return policy.ruled().stream()
                .limit(1)
                .filter(own -> own.place().manner() == Place.Manner.IN_ORDER)
                .filter(own -> own.place().block().compareTo(Block.MAIN) >= 0)
                .flatMap(own -> Stream.of(Direction.values())
                        .filter(direction ->
                                !policy.all().isAnythingBehind(own.place().block(), direction))
                        .flatMap(direction -> own.section(direction).rules().stream()))
                .filter(rule -> rule.action() == Action.PASS && rule.doubts().isEmpty())
                .map(PassToNothing::remark);
    }

    private static Remark remark(ChainRule rule) {
        return Remark.of(
                KIND,
                ExaminedPolicy.place(rule) + ".action",
                "No policy is asked behind this tier, so what the rule passes on is allowed. Write an action that"
                        + " allows or denies.",
                rule.label() + " passes on, and nothing is asked behind it: it allows what it matches",
                rule.path() + " passes on to nothing: it allows what it matches");
    }
}
