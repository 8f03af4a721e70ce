package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.RuleYaml;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The policy isolates workloads for egress, and nothing lets them ask the cluster's DNS. */
public final class DnsEgressCut implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("dns-egress-cut", Severity.ERROR, "Egress isolation cuts DNS", """
            A pod that any policy isolates for egress may send only what an egress rule allows, and asking for a name is sending.
            Without a rule for the cluster's DNS no name resolves: every connection to a Service or a host by its name fails
            before it begins, however open its own rule is.

            Allow UDP **and** TCP to the DNS pods, usually once for the whole namespace, with `podSelector: {}`. Over TCP come
            the answers that do not fit into one datagram; without it most names work, and some never do. The ports are those
            of the pods, which behind some DNS Services are not 53. An `ipBlock` with the ClusterIP of the DNS Service works
            with almost no network plugin.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        CutOff cut = CutOff.from(FlowEnd.WellKnown.Name.CLUSTER_DNS, examination);
        if (cut.isEmpty() || mayBeMeant(examination)) {
            return Stream.empty();
        }
        List<Workload> udp = cut.workloads(Protocol.UDP);
        List<Workload> tcp = cut.workloads(Protocol.TCP);
        String over = udp.isEmpty()
                ? "TCP"
                : tcp.isEmpty() ? "UDP" : Set.copyOf(udp).equals(Set.copyOf(tcp)) ? "UDP and TCP" : "UDP or TCP";
        List<String> names = cut.workloads().stream().map(Workload::name).toList();
        String addition = RuleYaml.section(
                Direction.EGRESS, cut.remedy(examination.cluster().dns().services()));
        Remark remark = Remark.of(
                        KIND,
                        place(examination),
                        explanation(examination, cut, over, udp.isEmpty()) + addition,
                        "cuts off " + Wording.some(names) + " from DNS over " + over,
                        "cuts off " + Wording.one(names) + " from DNS over " + over,
                        "cuts off " + names.size() + (names.size() == 1 ? " workload" : " workloads")
                                + " from DNS over " + over)
                .remediedBy(addition);
        return Stream.of(udp.isEmpty() ? remark.asNote() : remark);
    }

    /** Where the cluster's DNS is only assumed, a rule for its port may well name what it really is. */
    private static boolean mayBeMeant(Examination examination) {
        return examination.cluster().dns().isAssumed()
                && examination.after().policiesIn(examination.shard().name()).stream()
                        .filter(policy -> !policy.selected()
                                .and(examination.examined().selected())
                                .isEmpty())
                        .flatMap(policy -> policy.policy().rules(Direction.EGRESS).stream())
                        .flatMap(rule -> rule.ports().stream())
                        .anyMatch(port -> port.match(
                                numbered -> numbered.ports().contains(ClusterDns.PORT),
                                named -> named.name().contains("dns"),
                                every -> false,
                                unknown -> true));
    }

    /** The egress section, where there is one. */
    static String place(Examination examination) {
        return examination.policy().rules(Direction.EGRESS).isEmpty() ? "spec.policyTypes" : "spec.egress";
    }

    private static String explanation(Examination examination, CutOff cut, String over, boolean onlyTcp) {
        String consequence = onlyTcp
                ? "Most answers come over UDP; those that do not fit into one datagram are asked for again over TCP, and get lost."
                : "Names do not resolve there, so connections by name fail before they begin.";
        return Wording.some(cut.workloads().stream().map(Workload::name).toList())
                + " may send only what egress rules allow, and no rule of a policy in force reaches the cluster's DNS over "
                + over + ". " + consequence + " Add to this policy, or to one that selects all pods of "
                + examination.shard().name() + ":  ";
    }
}
