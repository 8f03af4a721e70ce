package dev.flowguard.wiring;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.health.ReadinessCondition;
import dev.flowguard.wording.Names;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Ready only when there is a cluster state to judge by. */
@ApplicationScoped
class StateLoaded implements ReadinessCondition {
    /** More of what is not well than this makes nobody wiser. */
    private static final int MOST = 5;

    private static final Logger LOG = Logger.getLogger(StateLoaded.class);

    private final ClusterState state;

    /** What was last taken for the network plugin; asked often enough to tell a change soon. */
    private final AtomicReference<String> plugin = new AtomicReference<>("");

    StateLoaded(ClusterState state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public State state() {
        List<String> troubles = state.health().troubles();
        state.known().map(known -> plugin(known.snapshot())).ifPresent(this::tellPlugin);
        return state.known()
                .map(known ->
                        State.met(summary(known.snapshot()) + (troubles.isEmpty() ? "" : "; but " + some(troubles))))
                .orElseGet(() -> State.unmet("not known well enough: " + some(troubles)));
    }

    private void tellPlugin(String news) {
        String before = plugin.getAndSet(news);
        if (!before.isEmpty() && !before.equals(news)) {
            LOG.warnf("What is taken for the network plugin has changed: %s, and was %s", news, before);
        }
    }

    private static String some(List<String> troubles) {
        String first = troubles.stream().limit(MOST).collect(Collectors.joining("; "));
        int more = troubles.size() - MOST;
        return more > 0 ? first + "; and " + more + " more" : first;
    }

    /** {@code 7 namespaces, 13 workloads, 17 policies, 21 declared flows; network plugin calico}. */
    private static String summary(Snapshot snapshot) {
        int workloads = snapshot.namespaces().stream()
                .mapToInt(shard -> shard.workloads().size())
                .sum();
        int policies = snapshot.namespaces().stream()
                .map(NamespaceShard::policies)
                .mapToInt(List::size)
                .sum();
        return Names.count(snapshot.namespaces().size(), "namespace") + ", " + Names.count(workloads, "workload") + ", "
                + policies + (policies == 1 ? " policy, " : " policies, ")
                + Names.count(
                        (int) snapshot.flows().stream()
                                .filter(flow -> !flow.contract().source().isImplied())
                                .count(),
                        "declared flow")
                + "; network plugin " + plugin(snapshot);
    }

    /** {@code calico (DaemonSet kube-system/calico-node)}. */
    private static String plugin(Snapshot snapshot) {
        return snapshot.cni().configuredName() + " (" + snapshot.plugin().why() + ")";
    }
}
