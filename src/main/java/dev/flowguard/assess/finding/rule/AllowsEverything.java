package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.RuleSite;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule allows everybody on every port. For ingress that is said where it undoes what other policies restrict, or where the
 * policy does nothing else. To let pods out anywhere is often a decision, so for egress it is said only where narrower rules of
 * other policies become pointless. A direction that nobody restricts and that is open on purpose is left alone.
 */
public final class AllowsEverything implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("allows-everything", Severity.WARNING, "A rule allows everybody on every port", """
            A rule without peers and without ports (`- {}`) allows all traffic in its direction, from inside and outside of the
            cluster. Policies are a union, so whatever narrower rules other policies have for the same pods no longer matters.

            Name who may talk to the pods and on which ports. `namespaceSelector: {}` stands for all pods of the cluster, and
            an `ipBlock` of 0.0.0.0/0 for every IPv4 address. A rule for everybody that names ports is not reported, unless these are
            every port of a protocol (`- ports: [{protocol: TCP}]`) and other rules of the policy are narrower; neither is an egress
            rule for everybody, unless it makes narrower egress rules pointless.
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
        if (examination.selected().isEmpty()) {
            return Stream.empty();
        }
        return examination.directions().flatMap(direction -> {
            List<RuleSite> open = examination
                    .rules(direction)
                    .filter(site -> isOpen(site.rule()))
                    .limit(1)
                    .toList();
            return open.isEmpty() ? protocols(direction, examination) : examine(open.get(0), examination);
        });
    }

    /** Rules without peers that open every port of one protocol: where somebody meant to narrow another rule by it. */
    private static Stream<Remark> protocols(Direction direction, Examination examination) {
        return examination
                .rules(direction)
                .filter(site -> site.rule().isForAnybody())
                .flatMap(site -> protocol(site.rule()).map(protocol -> examine(site, protocol, examination)).stream())
                .flatMap(remark -> remark);
    }

    private static Optional<Protocol> protocol(Rule rule) {
        return rule.ports().stream()
                .flatMap(port -> port.<Stream<Protocol>>match(
                        numbered -> numbered.ports().equals(PortRange.ALL)
                                ? Stream.of(numbered.protocol())
                                : Stream.empty(),
                        named -> Stream.empty(),
                        every -> Stream.of(every.protocol()),
                        unknown -> Stream.empty()))
                .findFirst();
    }

    private static Stream<Remark> examine(RuleSite site, Protocol protocol, Examination examination) {
        List<String> narrower = examination
                .rules(site.direction())
                .filter(other -> !other.rule().isForAnybody() && speaksOf(other.rule(), protocol))
                .map(RuleSite::shortPlace)
                .toList();
        boolean restrictsNothing = site.direction() == Direction.INGRESS
                && examination.directions().count() == 1
                && examination.policy().rules(site.direction()).size() == 1;
        if (narrower.isEmpty() && !restrictsNothing) {
            return Stream.empty();
        }
        String whom = Wording.some(
                examination.selected().stream().map(workload -> workload.name()).toList());
        String what = site.direction() == Direction.INGRESS
                ? "opens every " + protocol + " port to everybody"
                : "lets its pods out to anybody on every " + protocol + " port";
        String undone = narrower.isEmpty()
                ? ""
                : ", so that " + Wording.some(narrower) + " no longer matter" + (narrower.size() == 1 ? "s" : "")
                        + " for " + protocol;
        return Stream.of(Remark.of(
                KIND,
                site.place(),
                "A rule without " + site.direction().peers()
                        + " is for everybody inside and outside of the cluster, and ports without"
                        + " a number are all of them: it " + what + " (" + whom + ")" + undone
                        + ". Rules are a union: to name a port of another rule, write it under that rule, without a dash of its own.",
                site.shortPlace() + " " + what + undone,
                site.shortPlace() + " " + what));
    }

    private static boolean speaksOf(Rule rule, Protocol protocol) {
        return rule.isForEveryPort()
                || rule.ports().stream()
                        .anyMatch(port -> port.match(
                                numbered -> numbered.protocol() == protocol,
                                named -> named.protocol() == protocol,
                                every -> every.protocol() == protocol,
                                unknown -> false));
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
