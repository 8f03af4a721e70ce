package dev.flowguard.assess.finding.label;

import dev.flowguard.assess.Severity;
import dev.flowguard.assess.finding.diagnosis.Diagnosis;
import dev.flowguard.assess.finding.diagnosis.Examination;
import dev.flowguard.assess.finding.diagnosis.FindingKind;
import dev.flowguard.assess.finding.diagnosis.Remark;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A selector asks for a label that is on a Job, CronJob or Deployment itself, and not on the pods that it makes. */
public final class LabelNotOnTemplate implements Diagnosis {
    private static final FindingKind KIND = FindingKind.of(
            "label-not-on-template", Severity.WARNING, "A label is on the workload and not on its pod template", """
            Pods get the labels of their pod template (`spec.template.metadata.labels`; of a CronJob,
            `spec.jobTemplate.spec.template.metadata.labels`). Those of the Deployment, Job or CronJob itself say nothing about them. A
            selector that asks for such a label passes the pods by.

            Add the label to the template. The pods of a Job can also be named by `batch.kubernetes.io/job-name`, which its controller
            gives them; those of a CronJob cannot, since each of its Jobs has another name.
            """);

    private record Missed(Owner owner, String label) {}

    @Override
    public FindingKind kind() {
        return KIND;
    }

    @Override
    public Stream<Remark> examine(Examination examination) {
        Stream<Remark> bySubject = missed(examination.policy().podSelector(), List.of(examination.shard()))
                .map(missed -> remark("spec.podSelector", "podSelector", missed));
        Stream<Remark> byPeers = examination
                .podPeers()
                .flatMap(peer -> missed(peer.peer().pods(), examination.scope(peer))
                        .map(missed -> remark(peer.place() + ".podSelector", peer.shortPlace(), missed)));
        return Stream.concat(bySubject, byPeers);
    }

    private static Stream<Missed> missed(LabelSelector selector, List<NamespaceShard> scope) {
        if (selector.selectsEverything() || scope.size() > MOST_NAMESPACES) {
            return Stream.empty();
        }
        List<Missed> missed = new ArrayList<>();
        for (NamespaceShard shard : scope) {
            shard.ownLabels().forEach((owner, own) -> {
                List<Workload> pods = shard.workloads(shard.ownedBy(owner));
                boolean reached = pods.stream().anyMatch(pod -> selector.matches(pod.labels()));
                boolean meant = pods.stream()
                        .anyMatch(pod -> selector.matches(pod.labels().with(own)));
                if (!reached && meant) {
                    missed.add(
                            new Missed(owner, label(selector, own, pods.get(0).labels())));
                }
            });
        }
        return missed.stream();
    }

    private static final int MOST_NAMESPACES = 50;

    private static String label(LabelSelector selector, Labels own, Labels ofPods) {
        return selector.requirements().stream()
                .filter(requirement -> !requirement.matches(ofPods) && requirement.matches(own))
                .map(Requirement::key)
                .map(key -> key + "=" + own.get(key))
                .findFirst()
                .orElseGet(selector::toString);
    }

    private static Remark remark(String place, String shortPlace, Missed missed) {
        boolean job = missed.owner().kind().equals("Job");
        return Remark.of(
                KIND,
                place,
                "The pods of " + missed.owner() + " do not have the label " + missed.label()
                        + ": it stands on the " + missed.owner().kind()
                        + " itself, and pods get the labels of its template. Add it"
                        + " there"
                        + (job
                                ? ", or name the pods by batch.kubernetes.io/job-name: "
                                        + missed.owner().name() + ", which the Job's controller gives them."
                                : "."),
                shortPlace + ": " + missed.label() + " is on " + missed.owner() + ", not on its pod template",
                missed.label() + " is on " + missed.owner() + ", not on its pod template",
                shortPlace + ": the label is on " + missed.owner() + ", not on its pods",
                "a label is on " + missed.owner().kind() + " and not on its pod template");
    }
}
