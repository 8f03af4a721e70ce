package dev.flowguard.assess;

import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import java.util.Optional;

/**
 * How a declared flow fares between two states of a cluster.
 *
 * @param known what becomes of the pairs that both states have
 * @param fresh the pairs that the earlier state has nothing like and that are not as the contract expects; they count as
 *     {@link Effect#NEWLY_BROKEN} or {@link Effect#UNDETERMINED}, though they never held
 * @param declaredBefore whether the earlier state has the same declaration
 * @param lost why the flow speaks of nothing any more, where it did in the earlier state
 */
public record FlowComparison(
        FlowAssessment known, FlowAssessment fresh, boolean declaredBefore, Optional<Unbound> lost) {
    public DeclaredFlow flow() {
        return known.flow();
    }
}
