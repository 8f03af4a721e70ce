package dev.flowguard.assess;

import dev.flowguard.binding.UnboundFlow;
import dev.flowguard.cluster.DeclaredFlow;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a change does to the declared flows that it can affect.
 *
 * @param concern what the change can touch
 * @param flows one for each affected flow that has pairs, in the order of their contracts
 * @param findings diagnoses of the policy as it will be
 * @param aftermath the cluster as it will be, in which repairs can be tried
 * @param isComplete false where the time was over before every pair was judged: what is said is sure, and there may be more
 * @param passedOver how many flows were not judged that other namespaces declare and that could only have brought warnings
 */
public record Assessment(
        Change change,
        Concern concern,
        List<FlowAssessment> flows,
        List<Finding> findings,
        Aftermath aftermath,
        boolean isComplete,
        int passedOver) {
    public Assessment {
        flows = List.copyOf(flows);
        findings = List.copyOf(findings);
    }

    public List<FlowAssessment> flows(Effect effect) {
        return flows.stream().filter(flow -> flow.effect() == effect).toList();
    }

    /** What contracts of the policy's namespace declare and nothing answers to: reported, never a reason to reject. */
    public List<UnboundFlow> unbound() {
        if (change.policy().namespace().isEmpty()) {
            return List.of();
        }
        Set<DeclaredFlow> bound = flows.stream().map(FlowAssessment::flow).collect(Collectors.toSet());
        return aftermath.unboundFlowsOf(change.policy().namespace(), bound::contains);
    }

    /** The namespaces whose policies decide about the pairs that are newly broken. */
    public Set<String> namespacesOfNewlyBroken() {
        Set<String> namespaces = new TreeSet<>();
        flows(Effect.NEWLY_BROKEN).forEach(flow -> namespaces.addAll(flow.namespaces()));
        return namespaces;
    }
}
