package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.label.LabelGuess;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rule of a policy of another kind that names pods by labels which none has. */
final class PeerIsNobody implements ChainDiagnosis {
    @Override
    public FindingKind kind() {
        return CommonKinds.PEER_MATCHES_NOTHING;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        boolean inOnePiece = policy.as(CalicoPolicy.class).findAny().isPresent();
        return policy.ruled().stream()
                .flatMap(own ->
                        Stream.of(Direction.values()).flatMap(direction -> own.section(direction).rules().stream()))
                .flatMap(rule -> peers(rule.peer(), inOnePiece)
                        .filter(peer -> NamedPods.isAllThatIsMeant(peer) && !policy.isAnybody(peer))
                        .flatMap(peer -> remark(policy, rule, peer).stream()))
                .distinct();
    }

    /** Calico says in one selector what elsewhere is a list of peers. */
    private static Stream<Ends> peers(Ends ends, boolean inOnePiece) {
        return !inOnePiece && ends instanceof Ends.AnyOf any ? any.parts().stream() : Stream.of(ends);
    }

    private static Optional<Remark> remark(ExaminedPolicy policy, ChainRule rule, Ends peer) {
        boolean seesNobody = policy.cluster().namespaces().stream()
                .allMatch(shard -> shard.workloads().isEmpty());
        Optional<LabelGuess> guess = NamedPods.guess(peer, policy.cluster(), "");
        boolean isTypo = guess.filter(LabelGuess::isTypo).isPresent();
        if (seesNobody || (!isTypo && (NamedPods.areAwaited(peer) || !policy.seesWholeCluster()))) {
            return Optional.empty();
        }
        List<String> asked = NamedPods.selectors(peer).map(Object::toString).toList();
        String nothing = rule.path() + " matches no pod: " + asked.stream().collect(Collectors.joining(" or "));
        String meant = guess.map(found -> "; did you mean " + found + "?").orElse("");
        Remark remark = Remark.of(
                CommonKinds.PEER_MATCHES_NOTHING,
                ExaminedPolicy.place(rule),
                "The rule matches nobody by its labels: no pod of which it speaks has " + String.join(" or ", asked)
                        + meant + (meant.isEmpty() ? "." : "")
                        + " If the pods are still to come, it takes effect with them.",
                nothing + meant,
                rule.path() + " matches no pod" + meant,
                rule.path() + " matches no pod");
        return Optional.of(isTypo ? remark : remark.unlessStillToCome().restingOn(Remark.Premise.ALL_IS_SEEN));
    }
}
