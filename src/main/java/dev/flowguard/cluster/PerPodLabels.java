package dev.flowguard.cluster;

import dev.flowguard.policy.Labels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Labels that controllers give to each pod or each revision. They would make every pod a workload of its own, so they are set
 * aside unless a selector somewhere names their key (SEMANTICS N8).
 */
public sealed interface PerPodLabels {
    String STATEFUL_SET_POD_NAME = "statefulset.kubernetes.io/pod-name";
    String POD_INDEX = "apps.kubernetes.io/pod-index";
    String JOB_NAME = "batch.kubernetes.io/job-name";
    String LEGACY_JOB_NAME = "job-name";

    Set<String> KEYS = Set.of(
            STATEFUL_SET_POD_NAME,
            POD_INDEX,
            JOB_NAME,
            LEGACY_JOB_NAME,
            "pod-template-hash",
            "rollouts-pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            "controller-uid",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-completion-index");

    static boolean isPerPod(String key) {
        return KEYS.contains(key);
    }

    /** The label sets that pods of the template are known to get; never empty. */
    List<Labels> labels();

    /** Nothing is known before a pod exists, as for the hash that a Deployment gives. */
    record Unforeseen() implements PerPodLabels {
        @Override
        public List<Labels> labels() {
            return List.of(Labels.NONE);
        }
    }

    /** The template itself has them, as that of a ReplicaSet has the hash that its Deployment gave. */
    record Written(Labels written) implements PerPodLabels {
        @Override
        public List<Labels> labels() {
            return List.of(written);
        }
    }

    /** Every pod of a Job carries the Job's name. */
    record OfJob(String job) implements PerPodLabels {
        @Override
        public List<Labels> labels() {
            return List.of(Labels.of(Map.of(JOB_NAME, job, LEGACY_JOB_NAME, job)));
        }
    }

    /** The pods of a StatefulSet are numbered; one that is scaled to zero may still get its first. */
    record Ordinals(String statefulSet, int start, int replicas) implements PerPodLabels {
        /** Anybody may ask for any number of replicas; beyond these a pod counts once it exists. */
        private static final int MOST_FORESEEN = 1_000;

        @Override
        public List<Labels> labels() {
            return IntStream.range(0, Math.max(1, Math.min(replicas, MOST_FORESEEN)))
                    .map(pod -> start + pod)
                    .mapToObj(ordinal -> Labels.of(Map.of(
                            STATEFUL_SET_POD_NAME, statefulSet + "-" + ordinal, POD_INDEX, Integer.toString(ordinal))))
                    .toList();
        }
    }
}
