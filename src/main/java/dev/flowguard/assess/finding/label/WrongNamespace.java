package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.assess.finding.diagnosis.Wording;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.RuleYaml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policy's podSelector matches nothing in its own namespace and fits the pods of just one other, so the policy was probably
 * meant for that one. Where the other namespace has a policy of the same name, it is rather another stage of the same
 * application, whose pods are still to come.
 */
public final class WrongNamespace implements Diagnosis {
    /** Where a manifest without a namespace ends up. */
    private static final String DEFAULT = "default";

    private static final FindingKind KIND = FindingKind.of(
            "wrong-namespace", Severity.WARNING, "The policy is in another namespace than the pods it is for", """
            No pod of the policy's namespace has the labels that `spec.podSelector` asks for, and pods of one other namespace have
            exactly those. A NetworkPolicy selects pods of its own namespace only, so this one has no effect.

            Move the policy: `metadata.namespace` must be that of the pods it isolates. A manifest without a namespace goes to
            that of the current context, often `default`. Remember that a peer without a namespaceSelector moves along: it means
            pods of the policy's namespace. If such pods are still to come where the policy is, there is nothing to do.
            """);

    @Override
    public FindingKind kind() {
        return KIND;
    }

    static boolean explains(Examination examination) {
        return meant(examination).isPresent();
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        String own = examination.shard().name();
        LabelSelector selector = examination.policy().podSelector();
        String brief = Wording.brief(selector);
        return meant(examination).map(NamespaceShard::name).stream()
                .map(meant -> Remark.of(
                                KIND,
                                "metadata.namespace",
                                "The policy has no effect: it selects pods of " + own + " only, and none there has "
                                        + selector + ". If it is meant for those in " + meant
                                        + ", give it metadata.namespace: " + meant
                                        + "; a peer that speaks of pods in " + own
                                        + " then needs  namespaceSelector: "
                                        + RuleYaml.selector(LabelSelector.namespaceNamed(own)) + ".",
                                "no pod in " + own + " has " + selector + ", only pods in " + meant
                                        + "; policies do not cross namespaces",
                                "no pod in " + own + " has " + brief + ", only pods in " + meant
                                        + "; policies do not cross namespaces",
                                "no pod in " + own + " has " + brief + ", only pods in " + meant,
                                "it selects nothing in " + own + ", its pods run in " + meant)
                        .unlessStillToCome()
                        .restingOn(Remark.Premise.PLACED));
    }

    private static Optional<NamespaceShard> meant(Examination examination) {
        NamespaceShard own = examination.shard();
        LabelSelector selector = examination.policy().podSelector();
        boolean inUse = !own.workloads().isEmpty() || own.name().equals(DEFAULT);
        if (!SelectsNothing.isDangling(examination)
                || Volunteers.areAwaitedBy(selector)
                || !inUse
                || LabelGuess.amongPods(selector, List.of(own))
                        .filter(LabelGuess::isTypo)
                        .isPresent()) {
            return Optional.empty();
        }
        Elsewhere elsewhere = Elsewhere.of(selector, List.of(own), examination.cluster());
        return elsewhere.isOne()
                ? elsewhere.namespaces().stream()
                        .filter(other ->
                                other.policy(examination.policy().ref().name()).isEmpty())
                        .findFirst()
                : Optional.empty();
    }
}
