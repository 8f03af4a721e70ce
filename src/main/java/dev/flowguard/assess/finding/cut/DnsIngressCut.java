package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.binding.WellKnownTraffic;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.RuleYaml;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The policy isolates the cluster's DNS pods, and nothing lets those in who ask for names. */
public final class DnsIngressCut implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("dns-ingress-cut", Severity.ERROR, "Ingress isolation of the DNS pods cuts DNS", """
            The pods of the cluster's DNS are pods like others: the first policy that selects them for ingress, be it to let
            Prometheus scrape their metrics, isolates them, and whoever no rule admits gets no answer any more. No name resolves then,
            in the whole cluster.

            Admit everybody to UDP **and** TCP 53 (the ports of the pods, which behind some DNS Services are others) beside what the
            policy was written for: `from: [{namespaceSelector: {}}]`.
            """);

    /** Enough to be sure; a cluster may have many thousand. */
    private static final int MOST_PAIRS = 20_000;

    private static final String EVERYBODY = "every pod";

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        WorkloadSet dns = dnsPods(examination);
        if (dns.isEmpty()) {
            return Stream.empty();
        }
        Reachability after = new Reachability(examination.cluster(), examination.after());
        Reachability before = new Reachability(examination.cluster(), examination.before());
        Reachability without = new Reachability(examination.cluster(), examination.without());
        Set<Workload> reaching = new HashSet<>();
        Map<Protocol, Set<Workload>> cut = new EnumMap<>(Protocol.class);
        Set<PortMatch> ports = new LinkedHashSet<>();
        boolean[] unsure = {false};
        int[] pairs = {0};
        new WellKnownTraffic(
                        examination.cluster(),
                        List.of(examination.before(), examination.after(), examination.without()))
                .forEachClientOfDns(examination.shard(), dns, pair -> {
                    Workload source = source(pair);
                    if (!isItself(pair)) {
                        boolean nowCut = isClosed(after, pair) && !(isClosed(before, pair) && isClosed(without, pair));
                        if (nowCut) {
                            cut.computeIfAbsent(pair.traffic().protocol(), key -> new LinkedHashSet<>())
                                    .add(source);
                            ports.add(new PortMatch.Numbered(
                                    pair.traffic().protocol(), pair.traffic().ports(), false));
                            unsure[0] |= !pair.alternatives().isEmpty();
                        } else {
                            reaching.add(source);
                        }
                    }
                    return ++pairs[0] < MOST_PAIRS;
                });
        return cut.isEmpty() ? Stream.empty() : Stream.of(remark(examination, cut, reaching, ports, unsure[0]));
    }

    /** The pods behind the DNS Service that the policy isolates. */
    private static WorkloadSet dnsPods(Examination examination) {
        boolean mayCut = examination.policy().isolates(Direction.INGRESS)
                && examination.cluster().cni().enforcesPolicies();
        WorkloadSet found = WorkloadSet.EMPTY;
        if (mayCut) {
            for (ServiceEntry service : examination.cluster().dns().services()) {
                if (service.namespace().equals(examination.shard().name())) {
                    found = found.or(examination
                            .shard()
                            .behind(service)
                            .and(examination.examined().selected()));
                }
            }
        }
        return found;
    }

    private static Remark remark(
            Examination examination,
            Map<Protocol, Set<Workload>> cut,
            Set<Workload> reaching,
            Set<PortMatch> ports,
            boolean unsure) {
        Set<String> names = new TreeSet<>();
        cut.values().forEach(workloads -> workloads.forEach(workload -> names.add(workload.toString())));
        String over = cut.containsKey(Protocol.UDP) && cut.containsKey(Protocol.TCP)
                ? "UDP and TCP"
                : cut.keySet().iterator().next().toString();
        boolean everybody = reaching.isEmpty();
        String whom = everybody ? EVERYBODY : Wording.some(names);
        String briefly = everybody ? EVERYBODY : Wording.one(names);
        Rule remedy = Rule.of(
                0,
                List.of(new Peer.Pods(new NamespaceScope.Matching(LabelSelector.EVERYTHING), LabelSelector.EVERYTHING)),
                List.copyOf(ports));
        String addition = RuleYaml.section(Direction.INGRESS, remedy);
        Remark remark = Remark.of(
                        KIND,
                        examination.policy().rules(Direction.INGRESS).isEmpty() ? "spec.policyTypes" : "spec.ingress",
                        "The policy isolates the pods of the cluster's DNS, and no rule of a policy in force admits "
                                + whom
                                + " over "
                                + over + ": no name resolves there any more."
                                + (unsure
                                        ? " Pods that ask the resolver on their node, and have its answer there, are not touched."
                                        : "")
                                + " Add to this policy:  " + addition,
                        "cuts off " + whom + " from DNS over " + over,
                        "cuts off " + briefly + " from DNS over " + over,
                        "cuts off " + names.size() + (names.size() == 1 ? " workload" : " workloads")
                                + " from DNS over " + over)
                .remediedBy(addition);
        return unsure ? remark.asNote() : remark;
    }

    private static boolean isClosed(Reachability reachability, Pair pair) {
        return reachability.closedSides(pair).contains(Direction.INGRESS);
    }

    private static Workload source(Pair pair) {
        return pair.source().match(pods -> pods.workload(), addresses -> {
            throw new IllegalStateException("Only pods resolve names here: " + pair);
        });
    }

    private static boolean isItself(Pair pair) {
        return pair.destination().match(pods -> pods.workload().equals(source(pair)), addresses -> false);
    }
}
