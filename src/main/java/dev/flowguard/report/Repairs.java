package dev.flowguard.report;

import dev.flowguard.assess.repair.RepairPlan;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.PolicyRef;
import java.util.List;
import java.util.Set;

/** All repairs that a report asks for, made together. */
public final class Repairs {
    private Repairs() {}

    /**
     * Of all flows that the report finds broken.
     *
     * @param cluster the state that is reported
     * @param changed policies that take a rule before others do
     */
    public static RepairPlan of(Report report, Snapshot cluster, Set<PolicyRef> changed) {
        List<DeclaredFlow> broken = report.flows().stream()
                .filter(entry -> switch (entry.kind()) {
                    case NEWLY_BROKEN, BROKEN, NEW_AND_BROKEN, STILL_BROKEN -> true;
                    case UNDETERMINED, UNBOUND, UNENFORCED, UNDECLARED, REPAIRED -> false;
                })
                .map(FlowEntry::flow)
                .distinct()
                .toList();
        return RepairPlan.of(broken, cluster, cluster, changed);
    }
}
