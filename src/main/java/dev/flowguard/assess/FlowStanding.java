package dev.flowguard.assess;

import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.trace.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * How one declared flow stands.
 *
 * @param pairs how many pairs it speaks of
 * @param amiss how many of them are not as the contract expects, or not surely
 * @param examples of those, at most {@value FlowAssessment#MOST_EXAMPLES}, what is surely broken first
 * @param unbound why there is no pair; empty where there is one
 * @param partial whether there are pairs that were not judged, as they are too many
 */
public record FlowStanding(
        DeclaredFlow flow,
        FlowState state,
        int pairs,
        int amiss,
        List<PairVerdict> examples,
        Optional<Unbound> unbound,
        boolean partial) {
    /** A pair and whether it can talk. */
    public record PairVerdict(Pair pair, Verdict verdict) {}

    public FlowStanding {
        examples = List.copyOf(examples);
    }
}
