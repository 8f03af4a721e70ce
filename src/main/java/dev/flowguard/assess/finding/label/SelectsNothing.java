package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.finding.diagnosis.CommonKinds;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.policy.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The policy's podSelector matches no workload of its namespace, so the policy has no effect. */
public final class SelectsNothing implements Diagnosis {
    private static final FindingKind KIND = CommonKinds.SELECTS_NOTHING;

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        LabelSelector selector = examination.policy().podSelector();
        if (examination.seesNobody() || !isDangling(examination) || WrongNamespace.explains(examination)) {
            return Stream.empty();
        }
        Optional<LabelGuess> guess = LabelGuess.amongPods(selector, List.of(examination.shard()));
        String noPod = "no pod in " + examination.shard().name() + " has ";
        String nothing = noPod + selector;
        String brief = noPod + Wording.brief(selector);
        Optional<LabelTooMany> tooMany = LabelTooMany.of(selector, List.of(examination.shard()));
        if (tooMany.isPresent() && guess.filter(LabelGuess::isTypo).isEmpty()) {
            return Stream.of(remark(
                            List.of(
                                    nothing + "; " + tooMany.get().text(),
                                    brief + "; " + tooMany.get().text(),
                                    "no such pod in " + examination.shard().name() + "; "
                                            + tooMany.get().text()),
                            "No pod has " + tooMany.get().requirement() + ", and "
                                    + tooMany.get().workload().name() + " has all the rest. If that is meant, drop "
                                    + tooMany.get().requirement() + " from the selector; ")
                    .unlessStillToCome());
        }
        Elsewhere elsewhere = Elsewhere.of(selector, List.of(examination.shard()), examination.cluster());
        if (guess.isPresent() && (guess.get().isTypo() || elsewhere.isEmpty())) {
            Remark remark = remark(
                    List.of(
                            nothing + "; did you mean " + guess.get() + "?",
                            brief + "; did you mean " + guess.get() + "?",
                            brief),
                    "Pods of " + examination.shard().name() + " carry " + guess.get()
                            + ". If those are meant, correct the selector; ");
            return Stream.of(guess.get().isTypo() ? remark : remark.unlessStillToCome());
        }
        if (Volunteers.areAwaitedBy(selector)) {
            return Stream.empty();
        }
        if (!elsewhere.isEmpty()) {
            return Stream.of(remark(
                            List.of(
                                    nothing + "; such pods run in " + elsewhere,
                                    brief + "; such pods run in " + elsewhere,
                                    brief),
                            "A policy selects pods of its own namespace only. If it is meant for those in " + elsewhere
                                    + ", it belongs there; ")
                    .unlessStillToCome()
                    .restingOn(Remark.Premise.PLACED));
        }
        Remark remark = remark(
                        List.of(nothing, brief),
                        examination.shard().workloads().isEmpty()
                                ? "There are no pods yet; "
                                : "Compare the selector with the labels that the pods carry; ")
                .unlessStillToCome()
                .restingOn(Remark.Premise.ALL_IS_SEEN);
        return Stream.of(examination.shard().workloads().isEmpty() ? remark.asNote() : remark);
    }

    static boolean isDangling(Examination examination) {
        LabelSelector selector = examination.policy().podSelector();
        return !selector.selectsEverything()
                && examination.shard().select(selector).isEmpty();
    }

    private static Remark remark(List<String> summaries, String advice) {
        return Remark.of(
                KIND,
                "spec.podSelector",
                "The policy has no effect: it isolates no pod and allows nothing. " + advice
                        + "if the pods are still to come, the policy takes effect with the first of them.",
                summaries.toArray(String[]::new));
    }
}
