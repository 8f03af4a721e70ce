package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.PodPeer;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.RuleYaml;
import java.util.List;
import java.util.stream.Stream;

/**
 * A namespaceSelector and a podSelector that are one peer where two were meant, or two where one was. Said only where what is
 * written matches nothing and what is probably meant does: then a dash is missing, or there is one too many.
 */
public final class AndOrConfusion implements Diagnosis {
    private static final FindingKind KIND =
            FindingKind.of("and-or-confusion", Severity.WARNING, "Two selectors are one peer, or two, by a dash", """
            Under one dash, a namespaceSelector and a podSelector are one peer: such pods *in* such namespaces. Under a dash each,
            they are two: all pods of such namespaces, *or* such pods in the policy's own namespace.

            ```yaml
            from:                                   from:
            - namespaceSelector: {…}                - namespaceSelector: {…}
              podSelector: {…}      # both          - podSelector: {…}        # either
            ```

            It is reported where the peer as written matches no pod and the other reading does: a combined peer whose pods run
            in the policy's own namespace instead, or a podSelector on its own whose pods run in the namespaces of the
            peer beside it. Two peers that both match are left alone.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    /** Whether the peer matches nothing because of a dash. */
    public static boolean explains(PodPeer peer, Examination examination) {
        return isMissingDash(peer, examination)
                || !besideWhoseNamespaces(peer, examination).isEmpty();
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        return examination
                .podPeers()
                .flatMap(peer -> Stream.concat(
                        isMissingDash(peer, examination) ? Stream.of(missingDash(peer, examination)) : Stream.empty(),
                        besideWhoseNamespaces(peer, examination).stream()
                                .limit(1)
                                .map(beside -> dashTooMany(peer, beside))));
    }

    /** Both selectors find something on their own, the podSelector in the policy's own namespace, and nothing together. */
    private static boolean isMissingDash(PodPeer peer, Examination examination) {
        return !peer.isInOwnNamespace()
                && !examination.shard().select(peer.peer().pods()).isEmpty()
                && examination.isDangling(peer)
                && examination.scope(peer).stream()
                        .anyMatch(shard -> !shard.workloads().isEmpty());
    }

    /**
     * The peers before and after this one that name whole namespaces in which its pods run, while none run in the policy's own.
     */
    private static List<PodPeer> besideWhoseNamespaces(PodPeer peer, Examination examination) {
        if (!peer.isInOwnNamespace() || !examination.isDangling(peer)) {
            return List.of();
        }
        return peer.rule()
                .podPeers()
                .filter(other -> Math.abs(other.index() - peer.index()) == 1 && other.isWholeNamespace())
                .filter(other -> examination.scope(other).stream().anyMatch(shard -> runIn(shard, peer)))
                .toList();
    }

    private static boolean runIn(NamespaceShard shard, PodPeer peer) {
        return !shard.select(peer.peer().pods()).isEmpty();
    }

    private static Remark missingDash(PodPeer peer, Examination examination) {
        String own = examination.shard().name();
        LabelSelector pods = peer.peer().pods();
        return Remark.of(
                        KIND,
                        peer.place(),
                        "Under one dash the two selectors mean pods with " + pods + " in namespaces with "
                                + peer.namespaceSelector() + ", and there are none. Pods with " + pods + " run in "
                                + own
                                + ", the policy's own namespace. If either was meant, give podSelector a dash of its own:  "
                                + peer.rule().direction().peers() + ": [{namespaceSelector: "
                                + RuleYaml.selector(peer.namespaceSelector()) + "}, {podSelector: "
                                + RuleYaml.selector(pods) + "}]",
                        peer.shortPlace()
                                + " combines two selectors that match nothing together; is a dash missing before"
                                + " podSelector?",
                        peer.shortPlace() + " matches nothing; is a dash missing before podSelector?")
                .unlessStillToCome();
    }

    private static Remark dashTooMany(PodPeer peer, PodPeer beside) {
        LabelSelector pods = peer.peer().pods();
        PodPeer second = peer.index() < beside.index() ? beside : peer;
        int first = Math.min(peer.index(), beside.index());
        return Remark.of(
                        KIND,
                        peer.place(),
                        "Under a dash each, the two selectors mean every pod in "
                                + (beside.namespaceSelector().selectsEverything()
                                        ? "all namespaces"
                                        : "namespaces with " + beside.namespaceSelector())
                                + ", or pods with " + pods
                                + " in the policy's own namespace, where there are none. So the rule is wider than it looks."
                                + " If pods with " + pods + " in those namespaces were meant, make it one peer:  "
                                + peer.rule().direction().peers() + ": [{namespaceSelector: "
                                + RuleYaml.selector(beside.namespaceSelector()) + ", podSelector: "
                                + RuleYaml.selector(pods) + "}]",
                        second.shortPlace() + " should probably be one peer with [" + first
                                + "]: a dash too many opens whole namespaces",
                        second.shortPlace() + " and [" + first + "] should probably be one peer")
                .unlessStillToCome();
    }
}
