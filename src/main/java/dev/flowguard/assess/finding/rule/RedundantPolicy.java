package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A policy that allows something and takes nothing away changes nothing, since others allow all of that already. */
public final class RedundantPolicy implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("redundant-policy", Severity.NOTE, "The policy adds nothing to the others", """
            Other policies select the same pods and allow everything that this one allows. It changes nothing. If it was meant to
            *restrict*, it does not: policies are a union of what they allow, never an intersection, so a second, narrower policy
            takes nothing away from the first.

            To restrict, narrow the other policy. Otherwise remove this one. A policy that only denies (a default-deny) is
            never reported: it is there for the pods that are still to come.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Policy policy = examination.policy();
        boolean allowsSomething = examination.rules().findAny().isPresent()
                && !examination.selected().isEmpty();
        if (!allowsSomething) {
            return Stream.empty();
        }
        Coverage coverage =
                new Coverage(examination.shard().entry(), examination.cluster().cni());
        List<Policy> wider = wider(examination, coverage);
        if (!isCovered(policy, wider, coverage)) {
            return Stream.empty();
        }
        List<String> names = wider.stream()
                .filter(other -> policyRules(policy).anyMatch(site -> coverage.covers(rules(other, site), site.rule())))
                .map(other -> other.ref().name())
                .toList();
        String others = names.isEmpty() ? "other policies" : Wording.some(names);
        return Stream.of(Remark.of(
                KIND,
                "spec",
                "The policy changes nothing: for the pods it selects, all that it allows is already allowed by "
                        + others
                        + ". If it was meant to restrict them, it does not: policies are a union, so narrow the other"
                        + " policy. Otherwise remove it.",
                "adds nothing to " + others + ", and policies never restrict one another",
                "adds nothing to other policies, and policies never restrict one another"));
    }

    /**
     * The other policies that select at least the same pods, whatever pods there are. Of policies that say the same, those
     * that were there first count.
     */
    private static List<Policy> wider(Examination examination, Coverage coverage) {
        Policy policy = examination.policy();
        List<Policy> wider = new ArrayList<>();
        for (CompiledPolicy compiled : examination.others()) {
            Policy other = compiled.policy();
            if (other.isUnderstood()
                    && policy.podSelector().implies(other.podSelector())
                    && (!other.podSelector().implies(policy.podSelector())
                            || wasThere(other.ref(), examination)
                            || !isCovered(other, List.of(policy), coverage))) {
                wider.add(other);
            }
        }
        return wider;
    }

    private static boolean wasThere(PolicyRef policy, Examination examination) {
        return examination.before().policiesIn(policy.namespace()).stream()
                .anyMatch(other -> other.policy().ref().equals(policy));
    }

    private static boolean isCovered(Policy policy, List<Policy> others, Coverage coverage) {
        for (Direction direction : Direction.values()) {
            if (policy.isolates(direction) && !isCovered(policy, direction, others, coverage)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCovered(Policy policy, Direction direction, List<Policy> others, Coverage coverage) {
        boolean isolatedAlready = false;
        List<Rule> theirs = new ArrayList<>();
        for (Policy other : others) {
            isolatedAlready |= other.isolates(direction);
            theirs.addAll(other.rules(direction));
        }
        if (!isolatedAlready) {
            return false;
        }
        for (Rule rule : policy.rules(direction)) {
            if (!coverage.covers(theirs, rule)) {
                return false;
            }
        }
        return true;
    }

    private static Stream<RuleSite> policyRules(Policy policy) {
        return Stream.of(Direction.values())
                .flatMap(direction -> policy.rules(direction).stream().map(rule -> new RuleSite(direction, rule)));
    }

    private static List<Rule> rules(Policy other, RuleSite like) {
        return other.rules(like.direction());
    }
}
