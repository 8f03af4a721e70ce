package dev.flowguard.assess.repair;

import dev.flowguard.assess.Concern;
import dev.flowguard.assess.FlowState;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Repairs of several flows that can be made together: each is sought where those before it have been made, so that no rule comes
 * twice.
 *
 * @param steps in the order in which to add them; a policy that an earlier step makes exists for the later ones
 * @param helpless flows for which no rules were found
 */
public record RepairPlan(List<Repair.Step> steps, List<DeclaredFlow> helpless) {
    public RepairPlan {
        steps = List.copyOf(steps);
        helpless = List.copyOf(helpless);
    }

    /** @param preferred policies that take a rule before others do */
    public static RepairPlan of(
            List<DeclaredFlow> broken, Snapshot cluster, PolicyView policies, Set<PolicyRef> preferred) {
        List<Repair.Step> steps = new ArrayList<>();
        List<DeclaredFlow> helpless = new ArrayList<>();
        RepairedPolicies repaired = RepairedPolicies.none(cluster, policies);
        for (DeclaredFlow flow : broken) {
            if (!isBlocked(flow, cluster, repaired.view())) {
                continue;
            }
            Optional<Repair> repair = new RepairSearch(repaired, preferred, Concern.EVERYTHING).search(flow);
            if (repair.isEmpty()) {
                helpless.add(flow);
                continue;
            }
            steps.addAll(repair.get().steps());
            repaired = repaired.with(repair.get().steps());
        }
        return new RepairPlan(steps, helpless);
    }

    /** The steps by the policy that they change. */
    public Map<ObjectRef, List<Repair.Step>> byPolicy() {
        Map<ObjectRef, List<Repair.Step>> byPolicy = new LinkedHashMap<>();
        steps.forEach(step -> byPolicy.computeIfAbsent(step.policy(), policy -> new ArrayList<>())
                .add(step));
        return byPolicy;
    }

    private static boolean isBlocked(DeclaredFlow flow, Snapshot cluster, PolicyView policies) {
        return new StateAssessor(cluster, policies).assess(flow).state() == FlowState.BROKEN;
    }
}
