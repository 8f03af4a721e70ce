package dev.flowguard.cluster.object;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.PolicySource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    String POD_TEMPLATE_HASH = "pod-template-hash";
    String REVISION_HASH = "controller-revision-hash";
    String TEMPLATE_GENERATION = "pod-template-generation";
    String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
    String LEGACY_CONTROLLER_UID = "controller-uid";

    Set<String> KEYS = Set.of(
            STATEFUL_SET_POD_NAME,
            POD_INDEX,
            JOB_NAME,
            LEGACY_JOB_NAME,
            POD_TEMPLATE_HASH,
            "rollouts-pod-template-hash",
            REVISION_HASH,
            TEMPLATE_GENERATION,
            CONTROLLER_UID,
            LEGACY_CONTROLLER_UID,
            "batch.kubernetes.io/job-completion-index");

    /** In place of a value that nobody knows before there is a pod. No label can have it, so that only its key counts in selectors. */
    String NOT_YET_KNOWN = "(not yet known)";

    static boolean isPerPod(String key) {
        return KEYS.contains(key) || key.equals(PolicySource.SERVICE_ACCOUNT);
    }

    /** The label sets that pods of the template are known to get; never empty. */
    List<Labels> labels();

    /**
     * Before a pod exists, no more is known than which labels it will have: a Deployment gives a hash, and a CronJob the names of
     * Jobs.
     */
    record Unforeseen(Set<String> keys) implements PerPodLabels {
        public static final Unforeseen OF_DEPLOYMENT = new Unforeseen(Set.of(POD_TEMPLATE_HASH));
        public static final Unforeseen OF_DAEMON_SET = new Unforeseen(Set.of(REVISION_HASH, TEMPLATE_GENERATION));
        public static final Unforeseen OF_CRON_JOB =
                new Unforeseen(Set.of(JOB_NAME, LEGACY_JOB_NAME, CONTROLLER_UID, LEGACY_CONTROLLER_UID));

        public Unforeseen {
            keys = Set.copyOf(keys);
        }

        /** None at all. */
        public Unforeseen() {
            this(Set.of());
        }

        @Override
        public List<Labels> labels() {
            return List.of(
                    Labels.of(keys.stream().collect(Collectors.toMap(Function.identity(), key -> NOT_YET_KNOWN))));
        }
    }

    /** The template itself has them, as that of a ReplicaSet has the hash that its Deployment gave. */
    record Written(Labels written) implements PerPodLabels {
        @Override
        public List<Labels> labels() {
            return List.of(written);
        }
    }

    /** Every pod of a Job carries the Job's name, and its uid, by which nobody tells pods apart. */
    record OfJob(String job) implements PerPodLabels {
        @Override
        public List<Labels> labels() {
            return List.of(Labels.of(Map.of(
                    JOB_NAME,
                    job,
                    LEGACY_JOB_NAME,
                    job,
                    CONTROLLER_UID,
                    NOT_YET_KNOWN,
                    LEGACY_CONTROLLER_UID,
                    NOT_YET_KNOWN)));
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
                            STATEFUL_SET_POD_NAME,
                            statefulSet + "-" + ordinal,
                            POD_INDEX,
                            Integer.toString(ordinal),
                            REVISION_HASH,
                            NOT_YET_KNOWN)))
                    .toList();
        }
    }
}
