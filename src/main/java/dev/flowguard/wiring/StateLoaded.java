package dev.flowguard.wiring;

import dev.flowguard.admission.ClusterState;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.health.ReadinessCondition;
import dev.flowguard.wording.Names;
import jakarta.enterprise.context.ApplicationScoped;

/** Ready only when there is a cluster state to judge by. */
@ApplicationScoped
class StateLoaded implements ReadinessCondition {
    private final ClusterState state;

    StateLoaded(ClusterState state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public State state() {
        return state.known()
                .map(known -> State.met(summary(known.snapshot())))
                .orElseGet(() -> State.unmet("the state of the cluster has not been loaded"));
    }

    /** {@code 7 namespaces, 13 workloads, 17 policies, 21 declared flows; network plugin calico}. */
    private static String summary(Snapshot snapshot) {
        int workloads = snapshot.namespaces().stream()
                .mapToInt(shard -> shard.workloads().size())
                .sum();
        int policies = snapshot.namespaces().stream()
                .map(NamespaceShard::policies)
                .mapToInt(java.util.List::size)
                .sum();
        return Names.count(snapshot.namespaces().size(), "namespace") + ", " + Names.count(workloads, "workload") + ", "
                + policies + (policies == 1 ? " policy, " : " policies, ")
                + Names.count(snapshot.flows().size(), "declared flow") + "; network plugin "
                + snapshot.cni().configuredName();
    }
}
