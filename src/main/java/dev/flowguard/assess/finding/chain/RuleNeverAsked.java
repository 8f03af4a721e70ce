package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Place;
import dev.flowguard.policy.chain.RuledPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule behind one that decides all that it matches. */
final class RuleNeverAsked implements ChainDiagnosis {
    private static final FindingKind KIND =
            FindingKind.of("rule-never-asked", Severity.WARNING, "A rule is shadowed by one before it", """
            The rules of ClusterNetworkPolicies and of Calico's policies are asked in order, and the first that matches decides. A rule before
            this one matches everything that it matches, so this one is never asked. Most often an exception stands behind the rule
            from which it is meant to except.

            Move the rule before the other one, or remove it. Only what follows from the text of the rules is reported; where both do the
            same the rule is superfluous, and the finding a note. Rules of NetworkPolicies and of Cilium's policies have no order.
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
                .flatMap(own -> examine(own, policy.earlier(own)));
    }

    private static Stream<Remark> examine(RuledPolicy own, Earlier earlier) {
        return Stream.of(Direction.values())
                .filter(direction -> earlier.ofEverything(direction).isEmpty())
                .flatMap(direction -> examine(own, direction, earlier));
    }

    private static Stream<Remark> examine(RuledPolicy own, Direction direction, Earlier earlier) {
        List<ChainRule> rules = own.section(direction).rules();
        List<RuledPolicy> before = earlier.policies();
        return rules.stream()
                .map(ChainRule::index)
                .distinct()
                .flatMap(index -> examine(index, rules, own, before, direction).stream());
    }

    /** A rule as it is written may be several here, each for some of its peers: all of them have to be shadowed. */
    private static Optional<Remark> examine(
            int index, List<ChainRule> rules, RuledPolicy own, List<RuledPolicy> before, Direction direction) {
        List<ChainRule> parts =
                rules.stream().filter(rule -> rule.index() == index).toList();
        List<ChainRule> earlierRules =
                rules.stream().filter(rule -> rule.index() < index).toList();
        ChainRule rule = parts.get(0);
        for (ChainRule first : earlierRules) {
            if (parts.stream().allMatch(part -> shadows(first, part, true))) {
                return Optional.of(remark(rule, first, first.label()));
            }
        }
        for (RuledPolicy other : before) {
            boolean same = other.place().block().equals(own.place().block());
            for (ChainRule first : other.section(direction).rules()) {
                if (first.action() != rule.action() && parts.stream().allMatch(part -> shadows(first, part, same))) {
                    return Optional.of(remark(rule, first, first.label() + " of " + other.ref()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean shadows(ChainRule first, ChainRule rule, boolean inSameBlock) {
        return Earlier.decides(first, inSameBlock)
                && Covering.covers(first.subject(), rule.subject())
                && Covering.covers(first.peer(), rule.peer())
                && Covering.covers(first.ports(), rule.ports());
    }

    private static Remark remark(ChainRule rule, ChainRule first, String by) {
        Remark remark = Remark.of(
                KIND,
                ExaminedPolicy.place(rule),
                by + " matches all that this rule matches, is asked before it, and "
                        + first.action().does() + ". Move this rule before it, or remove it.",
                rule.label() + " is never asked: " + by + " " + first.action().does() + " all that it matches",
                rule.path() + " is never asked, as an earlier rule matches all that it matches");
        return first.action() == rule.action() ? remark.asNote() : remark;
    }
}
