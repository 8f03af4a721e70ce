package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A rule allows nothing that other rules of the same policy do not allow already. */
public final class ShadowedRule implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("shadowed-rule", Severity.NOTE, "A rule adds nothing to the others", """
            Everything that this rule allows is allowed by other rules of the same policy. Rules are a union: a narrow rule beside
            a wide one does not make the wide one narrower, and their order does not matter.

            Remove the rule, or narrow the other one if the narrow rule says what is meant. Only what follows from the text of
            the rules is reported; rules of *different* policies may overlap as they like.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Coverage coverage =
                new Coverage(examination.shard().entry(), examination.cluster().cni());
        return examination.directions().flatMap(direction -> shadowed(direction, examination, coverage));
    }

    /** From the last rule to the first, each beside those that are left; so of two that say the same the first stays. */
    private static Stream<Remark> shadowed(Direction direction, Examination examination, Coverage coverage) {
        List<Rule> left = new ArrayList<>(examination.policy().rules(direction));
        Deque<Remark> remarks = new ArrayDeque<>();
        for (int i = left.size() - 1; i >= 0; i--) {
            Rule rule = left.remove(i);
            if (coverage.covers(left, rule)) {
                remarks.addFirst(remark(new RuleSite(direction, rule), left, coverage));
            } else {
                left.add(i, rule);
            }
        }
        return remarks.stream();
    }

    private static Remark remark(RuleSite site, List<Rule> others, Coverage coverage) {
        String by = others.stream()
                .filter(other -> coverage.covers(List.of(other), site.rule()))
                .map(other -> new RuleSite(site.direction(), other).shortPlace())
                .findFirst()
                .orElse("the other rules");
        return Remark.of(
                KIND,
                site.place(),
                "Everything that this rule allows is also allowed by " + by
                        + ". Rules are a union, so this one restricts nothing. Remove it, or narrow what makes it superfluous.",
                site.shortPlace() + " adds nothing to " + by + ", and rules never restrict one another",
                site.shortPlace() + " adds nothing to " + by);
    }
}
