package dev.flowguard.assess.repair;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a selector names a workload. */
public final class WorkloadNaming {
    /** Labels by which people name a workload, the usual ones first. */
    private static final List<String> NAMING_LABELS =
            List.of("app.kubernetes.io/name", "app", "k8s-app", "name", "component");

    private WorkloadNaming() {}

    /**
     * The one label that people use, where it selects no other workload of the namespace; else all labels but those that differ
     * from pod to pod. A workload without labels cannot be told from others: the selector is that of everything.
     */
    public static LabelSelector selector(NamespaceShard shard, Workload workload) {
        Labels labels = workload.labels().keeping(key -> !PerPodLabels.isPerPod(key));
        LabelSelector all = LabelSelector.ofLabels(labels.asMap());
        return NAMING_LABELS.stream()
                .flatMap(key -> Optional.ofNullable(labels.get(key)).stream()
                        .map(value -> LabelSelector.ofLabels(Map.of(key, value))))
                .filter(one -> shard.select(one).equals(shard.select(all)))
                .findFirst()
                .orElse(all);
    }
}
