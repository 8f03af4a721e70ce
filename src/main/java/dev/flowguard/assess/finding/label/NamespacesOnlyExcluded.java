package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.PodPeer;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.policy.cilium.CiliumPolicy;
import java.util.stream.Stream;

/** A namespaceSelector that only excludes, which to Cilium matches the outside too (OTHER-POLICIES L11). */
public final class NamespacesOnlyExcluded implements Diagnosis {
    @Override
    public FindingKind kind() {
        return CommonKinds.ONLY_EXCLUDES;
    }

    @Override
    public boolean looksAround() {
        return false;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return CiliumPolicy.exclusionsReachBeyondPods(examination.cluster().surroundings())
                ? examination
                        .podPeers()
                        .filter(peer -> !peer.isInOwnNamespace())
                        .filter(peer -> peer.namespaceSelector().onlyExcludes()
                                && (peer.peer().pods().selectsEverything()
                                        || peer.peer().pods().onlyExcludes()))
                        .map(NamespacesOnlyExcluded::remark)
                : Stream.empty();
    }

    private static Remark remark(PodPeer peer) {
        String selector = Wording.brief(peer.namespaceSelector());
        return Remark.of(
                CommonKinds.ONLY_EXCLUDES,
                peer.place() + ".namespaceSelector",
                "The selector " + peer.namespaceSelector()
                        + " only excludes, and so matches to Cilium what has no such label at all:"
                        + " nodes, and everything outside of the cluster. Add a term that includes:"
                        + "  {key: kubernetes.io/metadata.name, operator: Exists}",
                peer.shortPlace() + " only excludes (" + peer.namespaceSelector()
                        + "), which matches the outside of the cluster too",
                peer.shortPlace() + " only excludes (" + selector + "), which matches the outside of the cluster too",
                peer.shortPlace() + " only excludes, which matches the outside of the cluster too");
    }
}
