package dev.flowguard.assess.finding.label;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One requirement of a selector but for which it would match: what a merge leaves behind, for instance.
 *
 * @param workload that has all the others
 */
record LabelTooMany(Requirement requirement, LabelSelector others, Workload workload) {
    /** Empty where the selector asks for one thing only, or misses by more than one. */
    static Optional<LabelTooMany> of(LabelSelector selector, Collection<NamespaceShard> scope) {
        for (Requirement requirement : selector.requirements()) {
            List<Requirement> rest = selector.requirements().stream()
                    .filter(other -> !other.equals(requirement))
                    .toList();
            boolean says = rest.stream().anyMatch(other -> other.operator() == Requirement.Operator.IN);
            if (!says || requirement.operator() != Requirement.Operator.IN) {
                continue;
            }
            LabelSelector others = new LabelSelector(rest);
            for (NamespaceShard shard : scope) {
                List<Workload> matched = shard.workloads(shard.select(others));
                // Where the label tells others apart, it is hardly one too many.
                boolean isUsed = matched.stream().anyMatch(pod -> pod.labels().has(requirement.key()));
                if (!matched.isEmpty() && !isUsed) {
                    return Optional.of(new LabelTooMany(requirement, others, matched.get(0)));
                }
            }
        }
        return Optional.empty();
    }

    /** {@code app=mysql is the label too many (mysql has tier=mysql)}. */
    String text() {
        return requirement + " is the label too many (" + workload.name() + " has " + others + ")";
    }
}
