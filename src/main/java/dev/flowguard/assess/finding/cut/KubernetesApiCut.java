package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.binding.WellKnownTraffic;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.RuleYaml;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The policy isolates workloads for egress that talk to the API server, and nothing lets them reach it. */
public final class KubernetesApiCut implements Diagnosis {
    private static final FlowEnd.WellKnown.Name API = FlowEnd.WellKnown.Name.KUBERNETES_API;

    /** The labels by which software is recognised. */
    private static final FindingKind KIND =
            FindingKind.of("kubernetes-api-cut", Severity.WARNING, "Egress isolation cuts the Kubernetes API", """
                A controller, an operator or whatever else watches the cluster talks to the API server, and a policy that isolates it
                for egress must let it. Reported are workloads of which a contract says that they reach `KubernetesAPI`, and those with a
                mounted token whose ServiceAccount has a role of its own, by a RoleBinding or ClusterRoleBinding.

                Allow the addresses and the port behind the Service `default/kubernetes` (`kubectl get endpointslices -n default`), not
                its ClusterIP. Network plugins that do not match nodes by `ipBlock`, such as Cilium, have an entity of their own for
                the API server.
                """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Set<Workload> clients = examination.policy().isolates(Direction.EGRESS) ? clients(examination) : Set.of();
        if (clients.isEmpty()) {
            return Stream.empty();
        }
        CutOff cut = CutOff.from(API, examination);
        List<String> names = cut.workloads().stream()
                .filter(clients::contains)
                .map(Workload::name)
                .toList();
        if (names.isEmpty()) {
            return Stream.empty();
        }
        String addition = remedy(examination, cut);
        return Stream.of(Remark.of(
                        KIND,
                        DnsEgressCut.place(examination),
                        Wording.some(names)
                                + " may send only what egress rules allow, and no rule of a policy in force reaches the API"
                                + " server."
                                + (addition.isEmpty()
                                        ? " With " + examination.cluster().cni().configuredName()
                                                + " an ipBlock does not match nodes: allow the API server with the plugin's own kind"
                                                + " of policy."
                                        : " Add to this policy:  " + addition),
                        "cuts off " + Wording.some(names) + " from the Kubernetes API",
                        "cuts off " + Wording.one(names) + " from the Kubernetes API",
                        "cuts off " + names.size() + (names.size() == 1 ? " workload" : " workloads")
                                + " from the Kubernetes API")
                .remediedBy(addition));
    }

    /** Of the selected workloads, those that surely talk to the API server. */
    private static Set<Workload> clients(Examination examination) {
        Set<Workload> clients = new HashSet<>();
        new WellKnownTraffic(examination.cluster(), List.of(examination.after()))
                .forEachDeclared(examination.shard(), examination.examined().selected(), API, pair -> {
                    pair.source().match(pods -> clients.add(pods.workload()), addresses -> false);
                    return true;
                });
        return clients;
    }

    /** Empty where no rule of a NetworkPolicy helps. */
    private static String remedy(Examination examination, CutOff cut) {
        return examination.cluster().cni().ipBlockMatchesNodes().isNo()
                ? ""
                : RuleYaml.section(Direction.EGRESS, cut.remedy(List.of()));
    }
}
