package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import java.util.stream.Stream;

/** Rules are written for a direction that policyTypes does not list, so they are ignored (SEMANTICS I5). */
public final class IgnoredRules implements Diagnosis {
    private final Direction direction;
    private final FindingKind kind;

    public IgnoredRules(Direction direction) {
        this.direction = direction;
        this.kind = FindingKind.of(
                direction.section() + "-rules-ignored",
                Severity.ERROR,
                direction.policyType() + " rules are ignored, because policyTypes does not list "
                        + direction.policyType(),
                """
                A policy speaks only about the directions in `spec.policyTypes`. It has %1$s rules, and `policyTypes` does not list
                `%2$s`, so those rules have no effect: the policy neither isolates its pods for %1$s nor allows anything.

                Add `%2$s` to `policyTypes`. From then on the policy also isolates its pods for %1$s: whatever no rule
                allows is cut. Otherwise remove the rules. Without `policyTypes`, Ingress is always meant, and Egress if there
                is an egress rule.
                """.formatted(direction.section(), direction.policyType()));
    }

    @Override
    public FindingKind kind() {
        return kind;
    }

    @Override
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Policy policy = examination.written();
        if (policy.isolates(direction) || policy.section(direction).written().isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(examination.policy().isolates(direction) ? appliedAllTheSame() : ignored());
    }

    private Remark ignored() {
        String section = direction.section();
        return Remark.of(
                kind,
                "spec.policyTypes",
                "The " + section + " section has no effect: the policy neither isolates its pods for " + section
                        + " nor allows what the rules say. Add " + direction.policyType()
                        + " to policyTypes; from then on whatever no " + section
                        + " rule allows is cut. Or remove the section.",
                "policyTypes does not list " + direction.policyType() + ", so its " + section + " rules are ignored");
    }

    /** Cilium departs from the API here (OTHER-POLICIES L28). */
    private Remark appliedAllTheSame() {
        String section = direction.section();
        return Remark.of(
                kind,
                "spec.policyTypes",
                "Cilium applies the " + section + " section all the same: the policy isolates its pods for " + section
                        + " here, and does not where another network plugin is. Add " + direction.policyType()
                        + " to policyTypes, or remove the section.",
                "policyTypes does not list " + direction.policyType() + "; Cilium applies its " + section
                        + " rules all the same, other plugins ignore them");
    }
}
