package dev.flowguard.assess.finding;

import dev.flowguard.assess.Severity;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule allows everybody on every port. For ingress that is said where it undoes what other policies restrict, or where the
 * policy does nothing else. To let pods out anywhere is often a decision, so for egress it is said only where narrower rules of
 * other policies become pointless. A direction that nobody restricts and that is open on purpose is left alone.
 */
final class AllowsEverything implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("allows-everything", Severity.WARNING, "A rule allows everybody on every port", """
            A rule without peers and without ports (`- {}`) allows all traffic in its direction, from inside and outside of the
            cluster. Policies are a union, so whatever narrower rules other policies have for the same pods no longer matters.

            Name who may talk to the pods and on which ports. `namespaceSelector: {}` stands for all pods of the cluster, and
            an `ipBlock` of 0.0.0.0/0 for every IPv4 address. A rule for everybody that names ports is not reported; neither is an
            egress rule for everybody, unless it makes narrower egress rules pointless.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination.selected().isEmpty()
                ? Stream.empty()
                : examination
                        .directions()
                        .flatMap(direction -> examination
                                .rules(direction)
                                .filter(site -> isOpen(site.rule()))
                                .limit(1)
                                .flatMap(site -> examine(site, examination)));
    }

    private static Stream<Remark> examine(RuleSite site, Examination examination) {
        Direction direction = site.direction();
        List<String> undone = examination.others().stream()
                .filter(other -> other.policy().isolates(direction)
                        && !other.selected()
                                .and(examination.examined().selected())
                                .isEmpty())
                .map(CompiledPolicy::policy)
                .filter(other -> other.rules(direction).stream().noneMatch(AllowsEverything::isOpen))
                .filter(other -> direction == Direction.INGRESS
                        || !other.rules(direction).isEmpty())
                .map(other -> other.ref().name())
                .toList();
        boolean doesNothingElse = direction == Direction.INGRESS
                && examination.directions().allMatch(each -> isOpen(examination.policy(), each));
        if (undone.isEmpty() && !doesNothingElse) {
            return Stream.empty();
        }
        String whom = Wording.some(
                examination.selected().stream().map(workload -> workload.name()).toList());
        String what = direction == Direction.INGRESS ? "opens every port to everybody" : "lets its pods out to anybody";
        String undoing = undone.isEmpty() ? "" : ", in spite of " + Wording.some(undone);
        String who = direction == Direction.INGRESS
                ? "Everybody inside and outside of the cluster may reach " + whom
                : whom + " may reach everybody inside and outside of the cluster";
        String consequence = undone.isEmpty()
                ? ": the policy restricts nothing."
                : ", in spite of " + Wording.some(undone) + ": policies are a union.";
        return Stream.of(Remark.of(
                KIND,
                site.place(),
                who + " on every port" + consequence + " Name who may talk to whom, and on which ports.",
                site.shortPlace() + " " + what + undoing,
                site.shortPlace() + " " + what));
    }

    private static boolean isOpen(Policy policy, Direction direction) {
        return policy.rules(direction).stream().anyMatch(AllowsEverything::isOpen);
    }

    private static boolean isOpen(Rule rule) {
        return rule.isUnderstood() && rule.isForAnybody() && rule.isForEveryPort();
    }
}
