package dev.flowguard.assess.finding.rule;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.PodPeer;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.verdict.pair.HostNetworkGroup;
import java.util.List;
import java.util.stream.Stream;

/** A selector matches nothing but pods in the network of their node, which policies do not see as pods. */
public final class HostNetworkSelected implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "host-network-selected", Severity.WARNING, "Only pods on the host network are selected", """
            A pod with `hostNetwork: true` has the address of its node and shares the node's network. Policies do not isolate
            such pods, and as peers most network plugins see them as their node, not as pods. A policy that selects only such
            pods has no effect, and a peer that matches only such pods opens nothing.

            To let such a pod reach others, allow the addresses of the nodes with an `ipBlock`. To protect it, use the node's
            firewall or the network plugin's own host policies. Selectors that match ordinary pods as well are not reported.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return Stream.concat(policy(examination), examination.podPeers().flatMap(peer -> peer(peer, examination)));
    }

    private static Stream<Remark> policy(Examination examination) {
        LabelSelector selector = examination.policy().podSelector();
        List<Workload> all = selector.selectsEverything()
                ? List.of()
                : examination.shard().workloads(examination.shard().select(selector));
        if (!areAllOnHostNetwork(all)) {
            return Stream.empty();
        }
        String names = names(all);
        return Stream.of(Remark.of(
                KIND,
                "spec.podSelector",
                "The policy has no effect: all pods it selects (" + names
                        + ") use the network of their node (hostNetwork), where policies do not reach. Protect the"
                        + " node instead, or run the pods without hostNetwork.",
                "it selects only hostNetwork pods (" + names + "), which policies do not isolate",
                "it selects only hostNetwork pods, which policies do not isolate"));
    }

    private static Stream<Remark> peer(PodPeer peer, Examination examination) {
        if (peer.namespaceSelector().selectsEverything() && peer.peer().pods().selectsEverything()) {
            return Stream.empty();
        }
        List<NamespaceShard> scope = examination.scope(peer);
        boolean opensSomething = scope.stream()
                .anyMatch(shard -> !shard.select(peer.peer().pods())
                        .and(shard.podNetwork())
                        .isEmpty());
        List<Workload> matched = opensSomething
                ? List.of()
                : scope.stream()
                        .flatMap(shard ->
                                shard.workloads(shard.select(peer.peer().pods())).stream())
                        .toList();
        if (!areAllOnHostNetwork(matched) || areAdmittedAsGroup(matched, peer, examination)) {
            return Stream.empty();
        }
        String names = names(matched);
        return Stream.of(Remark.of(
                KIND,
                peer.place(),
                "All pods that this peer matches (" + names
                        + ") use the network of their node (hostNetwork), so their traffic carries the node's address and most"
                        + " network plugins do not see it as theirs. Allow the addresses of the nodes with an ipBlock.",
                peer.shortPlace() + " matches only hostNetwork pods (" + names + "); allow their nodes by ipBlock",
                peer.shortPlace() + " matches only hostNetwork pods; allow their nodes by ipBlock"));
    }

    /** OpenShift's labels for traffic of the host network are meant for just these. */
    private static boolean areAdmittedAsGroup(List<Workload> workloads, PodPeer peer, Examination examination) {
        return workloads.stream()
                .allMatch(workload -> HostNetworkGroup.standsFor(peer.peer(), workload, examination.cluster()));
    }

    private static boolean areAllOnHostNetwork(List<Workload> workloads) {
        return !workloads.isEmpty() && workloads.stream().allMatch(Workload::hostNetwork);
    }

    private static String names(List<Workload> workloads) {
        return Wording.some(workloads.stream().map(Workload::name).toList());
    }
}
