package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.Action;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policy isolates all pods of its namespace, and no policy there allows anything in that direction. For ingress this is
 * said only where something in the namespace is there to be reached.
 */
public final class DefaultDenyWithoutAllow implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("default-deny-without-allow", Severity.WARNING, "A default-deny without any allow", """
            A policy that selects all pods (`podSelector: {}`) and has no rules in a direction denies everything in it. That is
            the right foundation, as long as other policies allow what is needed: policies are a union, and one that allows
            takes effect beside one that denies. Here no policy in the namespace allows anything in that direction.

            Apply the policies that allow first, then the default-deny. If really nothing shall get in or out, there is nothing
            to do. For ingress this is reported only where a Service or a named port shows that pods expect to be reached.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        String namespace = examination.shard().name();
        List<Workload> selected = examination.selected();
        boolean speaksForAll = examination.policy().podSelector().selectsEverything()
                && examination.cluster().cni().enforcesPolicies()
                && examination.cluster().otherPolicies(namespace).isEmpty();
        List<Direction> denied = speaksForAll && !selected.isEmpty()
                ? examination
                        .directions()
                        .filter(direction -> isDenied(direction, examination))
                        .toList()
                : List.of();
        if (denied.isEmpty()) {
            return Stream.empty();
        }
        String what = denied.stream().map(Direction::section).collect(Collectors.joining(" and "));
        String whom = selected.size() == 1 ? selected.get(0).name() : "all " + selected.size() + " workloads";
        return Stream.of(Remark.of(
                        KIND,
                        "spec.policyTypes",
                        "No policy in " + namespace + " allows any " + what + " yet, so all of it is cut for "
                                + Wording.some(
                                        selected.stream().map(Workload::name).toList())
                                + ". Apply the policies that allow what is needed first, then this one; policies are a"
                                + " union, so each may be applied on its own.",
                        "denies all " + what + " of " + whom + ", and no policy in " + namespace + " allows any",
                        "denies all " + what + ", and no policy in " + namespace + " allows any",
                        "denies all " + what + ", and no policy allows any")
                .unlessStillToCome());
    }

    private static boolean isDenied(Direction direction, Examination examination) {
        boolean nothingAllowed = examination
                .after()
                .policiesIn(examination.shard().name())
                .stream()
                .noneMatch(policy -> mayAllow(policy, direction));
        return nothingAllowed
                && othersAllowNothing(direction, examination)
                && (direction == Direction.EGRESS
                        || examination.selected().stream().anyMatch(examination.knownPorts()::expectsToBeReached));
    }

    private static boolean othersAllowNothing(Direction direction, Examination examination) {
        RuledPolicies others = examination.after().ruled();
        return Stream.concat(others.in(examination.shard().name()).stream(), others.clusterWide().stream())
                .flatMap(policy -> policy.section(direction).rules().stream())
                .noneMatch(rule -> rule.action() == Action.ALLOW);
    }

    private static boolean mayAllow(CompiledPolicy policy, Direction direction) {
        return !policy.policy().isUnderstood()
                || (!policy.policy().rules(direction).isEmpty()
                        && !policy.selected().isEmpty());
    }
}
