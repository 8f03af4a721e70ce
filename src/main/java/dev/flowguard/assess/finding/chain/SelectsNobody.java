package dev.flowguard.assess.finding.chain;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.label.LabelGuess;
import dev.flowguard.policy.calico.CalicoPolicy;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.cilium.CiliumPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy of another kind whose selector of pods matches none. */
final class SelectsNobody implements ChainDiagnosis {
    @Override
    public FindingKind kind() {
        return CommonKinds.SELECTS_NOTHING;
    }

    @Override
    public Stream<Remark> examine(ExaminedPolicy policy) {
        List<String> places = places(policy);
        List<Remark> remarks = new ArrayList<>();
        for (int i = 0; i < Math.min(places.size(), policy.ruled().size()); i++) {
            RuledPolicy own = policy.ruled().get(i);
            if (NamedPods.selectors(own.subject()).findAny().isPresent()
                    && policy.selected(own).findAny().isEmpty()) {
                remark(policy, own, places.get(i)).ifPresent(remarks::add);
            }
        }
        return remarks.stream();
    }

    /** The field of each part that has a selector of its own, in the order of what they come down to. */
    private static List<String> places(ExaminedPolicy policy) {
        List<String> ofCilium = policy.as(CiliumPolicy.class)
                .flatMap(cilium -> cilium.specs().stream())
                .filter(spec -> !spec.ofNodes())
                .map(spec -> spec.path() + ".endpointSelector")
                .toList();
        if (!ofCilium.isEmpty()) {
            return ofCilium;
        }
        return List.of(policy.as(CalicoPolicy.class).findAny().isPresent() ? "spec.selector" : "spec.subject");
    }

    private static Optional<Remark> remark(ExaminedPolicy policy, RuledPolicy own, String place) {
        boolean seesNobody =
                policy.scope().stream().allMatch(shard -> shard.workloads().isEmpty());
        Optional<LabelGuess> guess =
                NamedPods.guess(own.subject(), policy.cluster(), policy.object().namespace());
        boolean isTypo = guess.filter(LabelGuess::isTypo).isPresent();
        if (seesNobody || (!isTypo && NamedPods.areAwaited(own.subject()))) {
            return Optional.empty();
        }
        if (guess.isEmpty() && own.ref().isClusterScoped() && !policy.seesWholeCluster()) {
            return Optional.empty();
        }
        String asked = NamedPods.selectors(own.subject()).map(Object::toString).collect(Collectors.joining(" or "));
        String where = own.ref().isClusterScoped()
                ? "no pod"
                : "no pod in " + own.ref().namespace();
        String meant = guess.map(found -> "; did you mean " + found + "?").orElse("");
        Remark remark = Remark.of(
                CommonKinds.SELECTS_NOTHING,
                place,
                "The policy has no effect: " + where + " has " + asked + meant + (meant.isEmpty() ? ". If" : " If")
                        + " the pods are still to come, it takes effect with the first of them.",
                where + " has " + asked + meant,
                "selects no pod" + meant,
                "selects no pod");
        return Optional.of(isTypo ? remark : remark.unlessStillToCome().restingOn(Remark.Premise.ALL_IS_SEEN));
    }
}
