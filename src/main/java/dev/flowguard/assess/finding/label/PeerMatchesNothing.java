package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.PodPeer;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.RuleYaml;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The podSelector of a peer matches no workload of the namespaces in its scope, so the peer opens nothing. */
public final class PeerMatchesNothing implements Diagnosis {
    private static final FindingKind KIND = CommonKinds.PEER_MATCHES_NOTHING;

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        if (examination.seesNobody()) {
            return Stream.empty();
        }
        return examination
                .podPeers()
                .filter(peer -> examination.isDangling(peer) && !AndOrConfusion.explains(peer, examination))
                .flatMap(peer -> examine(peer, examination));
    }

    private static Stream<Remark> examine(PodPeer peer, Examination examination) {
        List<NamespaceShard> scope = examination.scope(peer);
        LabelSelector pods = peer.peer().pods();
        boolean empty = scope.stream().allMatch(shard -> shard.workloads().isEmpty());
        if (empty && !peer.isInOwnNamespace() && !examination.seesWholeCluster()) {
            return Stream.empty();
        }
        String where = where(peer, examination, Wording::brief);
        String nothing =
                peer.shortPlace() + " matches no pod" + where(peer, examination, LabelSelector::toString) + ": " + pods;
        String brief = peer.shortPlace() + " matches no pod" + where + ": " + Wording.brief(pods);
        Optional<LabelGuess> guess = LabelGuess.amongPods(pods, scope);
        Optional<LabelTooMany> tooMany = LabelTooMany.of(pods, scope);
        if (tooMany.isPresent() && guess.filter(LabelGuess::isTypo).isEmpty()) {
            return Stream.of(remark(
                            peer,
                            "No pod has " + tooMany.get().requirement() + ", and "
                                    + tooMany.get().workload() + " has all the rest. If that is meant, drop "
                                    + tooMany.get().requirement() + " from the selector; ",
                            nothing + "; " + tooMany.get().text(),
                            brief + "; " + tooMany.get().text(),
                            peer.shortPlace() + " matches no pod; "
                                    + tooMany.get().text())
                    .unlessStillToCome());
        }
        Elsewhere elsewhere = Elsewhere.of(pods, scope, examination.cluster());
        if (guess.isPresent() && (guess.get().isTypo() || elsewhere.isEmpty())) {
            Remark remark = remark(
                    peer,
                    "Pods there carry " + guess.get() + ". If those are meant, correct the selector; ",
                    nothing + "; did you mean " + guess.get() + "?",
                    brief + "; did you mean " + guess.get() + "?",
                    peer.shortPlace() + " matches no pod; did you mean " + guess.get() + "?");
            return Stream.of(guess.get().isTypo() ? remark : remark.unlessStillToCome());
        }
        if (Volunteers.areAwaitedBy(pods)) {
            return Stream.empty();
        }
        if (!elsewhere.isEmpty()) {
            return Stream.of(remark(
                            peer,
                            elsewhereAdvice(peer, elsewhere),
                            nothing + "; such pods run in " + elsewhere,
                            brief + "; such pods run in " + elsewhere,
                            peer.shortPlace() + " matches no pod" + where + "; such pods run in " + elsewhere,
                            peer.shortPlace() + " matches no pod; such pods run in " + elsewhere)
                    .unlessStillToCome()
                    .restingOn(Remark.Premise.PLACED));
        }
        Remark remark = remark(
                        peer,
                        "Compare the selector with the labels that the pods carry; ",
                        nothing,
                        brief,
                        peer.shortPlace() + " matches no pod: " + Wording.brief(pods),
                        peer.shortPlace() + " matches no pod" + where)
                .unlessStillToCome()
                .restingOn(Remark.Premise.ALL_IS_SEEN);
        return Stream.of(empty ? remark.asNote() : remark);
    }

    private static String elsewhereAdvice(PodPeer peer, Elsewhere elsewhere) {
        String meant = elsewhere.namespaces().get(0).name();
        String selector = RuleYaml.selector(LabelSelector.namespaceNamed(meant));
        return peer.isInOwnNamespace()
                ? "A peer without a namespaceSelector speaks of the policy's own namespace. If the pods in " + elsewhere
                        + " are meant, add to this list entry (without a dash of its own):  namespaceSelector: "
                        + selector + "; "
                : "If the pods in " + elsewhere + " are meant, select their namespace:  namespaceSelector: " + selector
                        + "; ";
    }

    private static Remark remark(PodPeer peer, String advice, String... summaries) {
        return Remark.of(
                KIND,
                peer.place() + ".podSelector",
                "This peer opens nothing. " + advice
                        + "if the pods are still to come, the peer takes effect with the first of them.",
                summaries);
    }

    private static String where(PodPeer peer, Examination examination, Function<LabelSelector, String> spelling) {
        if (peer.isInOwnNamespace()) {
            return " in " + examination.shard().name();
        }
        LabelSelector namespaces = peer.namespaceSelector();
        return namespaces.selectsEverything()
                ? " of any namespace"
                : " in namespaces with " + spelling.apply(namespaces);
    }
}
