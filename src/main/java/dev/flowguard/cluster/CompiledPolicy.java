package dev.flowguard.cluster;

import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;

/**
 * A policy and the workloads that it selects, which never include those on the host network (SEMANTICS N4).
 *
 * @param selected workloads of the policy's namespace
 */
public record CompiledPolicy(Policy policy, WorkloadSet selected) {
    public boolean isolates(Workload workload, Direction direction) {
        return policy.isolates(direction) && selected.contains(workload);
    }

    /**
     * Workloads for which this policy may decide something in that direction: all, where it is not understood. On some plugins rules
     * decide that its policy types leave out.
     */
    public WorkloadSet concerned(NamespaceShard shard, Direction direction) {
        if (!policy.isUnderstood()) {
            return shard.podNetwork();
        }
        boolean mayDecide = policy.isolates(direction)
                || !policy.section(direction).written().isEmpty();
        return mayDecide ? selected : WorkloadSet.EMPTY;
    }
}
