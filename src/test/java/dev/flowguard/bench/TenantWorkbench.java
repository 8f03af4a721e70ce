package dev.flowguard.bench;

import dev.flowguard.assess.Assessor;
import dev.flowguard.assess.Change;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.List;

/** As {@link Workbench}, with a hostile tenant in the cluster. */
public final class TenantWorkbench {
    private static final String NAMESPACE = "hostile";

    private final Snapshot snapshot;
    private final Change denial = new Change.Create(new Policy(
            new PolicyRef(NAMESPACE, "deny-all"),
            LabelSelector.EVERYTHING,
            Policy.Section.isolating(List.of()),
            Policy.Section.isolating(List.of())));

    /** @param calicoPolicies how many policies of Calico there are beside; with none there are none of its objects */
    public TenantWorkbench(Shape shape, int calicoPolicies, long seed) {
        List<Observation> observations = new ArrayList<>();
        new GeneratedCluster(shape, seed).objects().forEach(object -> observations.add(Workbench.read(object)));
        new HostileTenant(NAMESPACE, seed).objects().forEach(object -> observations.add(Workbench.read(object)));
        if (calicoPolicies > 0) {
            new GeneratedCalico(shape, calicoPolicies, seed)
                    .objects()
                    .forEach(object -> observations.add(Workbench.read(object)));
        }
        snapshot = new ClusterModel(ClusterSettings.DEFAULT).apply(observations);
    }

    /** All contracts of the cluster, the tenant's among them. */
    public long audit() {
        return Workbench.sum(new StateAssessor(snapshot).assess());
    }

    /** The tenant denies everything in its namespace. */
    public long assessDenyAll() {
        return Workbench.checksum(new Assessor(snapshot).assess(denial));
    }
}
