package dev.flowguard.assess.finding.cut;

import dev.flowguard.assess.finding.diagnosis.BlockPeer;
import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.WideBlock;
import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.RuleYaml;
import java.util.Optional;
import java.util.stream.Stream;

/** An ipBlock is meant for pods, which have no lasting addresses and which some plugins do not match by them (SEMANTICS B4). */
public final class IpBlockCoversPods implements Diagnosis {
    private static final FindingKind KIND = CommonKinds.BLOCK_COVERS_PODS;

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination
                .blockPeers()
                .flatMap(block ->
                        block.isSingle() ? single(block, examination).stream() : network(block, examination).stream());
    }

    private static Optional<Remark> single(BlockPeer block, Examination examination) {
        Cidr cidr = block.block().cidr();
        return examination
                .cluster()
                .workloadAt(cidr.base())
                .filter(workload -> !workload.hostNetwork())
                .map(workload -> Remark.of(
                        KIND,
                        block.place() + ".cidr",
                        cidr.base() + " is the address of a pod of " + name(workload, examination)
                                + ", and will be another's when that pod is replaced. "
                                + (examination
                                                .cluster()
                                                .cni()
                                                .ipBlockMatchesPods()
                                                .isNo()
                                        ? examination.cluster().cni().configuredName()
                                                + " does not match pods by ipBlock at all. "
                                        : "")
                                + "Select the pods:  "
                                + RuleYaml.peer(podsLike(workload)),
                        block.shortPlace() + ": " + cidr.base() + " is a pod of " + name(workload, examination)
                                + "; select pods by label",
                        block.shortPlace() + ": " + cidr.base() + " is a pod's address; select pods by label",
                        cidr.base() + " is a pod's address; select pods by label"));
    }

    private static Optional<Remark> network(BlockPeer block, Examination examination) {
        CniProfile cni = examination.cluster().cni();
        if (cni.ipBlockMatchesPods() == Answer.YES || !WideBlock.isOfOneNetwork(block)) {
            return Optional.empty();
        }
        Cidr cidr = block.block().cidr();
        String matches =
                cni.ipBlockMatchesPods().isNo() ? "does not match pods by ipBlock" : "may not match pods by ipBlock";
        String plugin = cni == CniProfile.GENERIC ? "the network plugin" : cni.configuredName();
        return WideBlock.nearbyPods(examination)
                .filter(workload -> workload.addresses().stream().anyMatch(block::covers))
                .findFirst()
                .map(workload -> Remark.of(
                        KIND,
                        block.place() + ".cidr",
                        cidr + " holds addresses of pods, those of " + name(workload, examination) + " among them, and "
                                + plugin
                                + " " + matches + ". Select pods by their labels, and all pods of the cluster by"
                                + "  namespaceSelector: {}",
                        block.shortPlace() + ": " + cidr + " holds pods, and " + plugin + " " + matches,
                        block.shortPlace() + ": " + cidr + " holds pods; select them by label",
                        cidr + " holds pods; select them by label"));
    }

    private static Peer podsLike(Workload workload) {
        return new Peer.Pods(
                new NamespaceScope.Matching(LabelSelector.namespaceNamed(workload.namespace())),
                LabelSelector.ofLabels(workload.labels().asMap()));
    }

    private static String name(Workload workload, Examination examination) {
        return workload.namespace().equals(examination.shard().name()) ? workload.name() : workload.toString();
    }
}
