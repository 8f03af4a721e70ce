package dev.flowguard.assess;

import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts how the pairs of one flow stand. */
final class StandingCount {
    private final Snapshot cluster;
    private final Reachability reachability;
    private final DeclaredFlow flow;
    private final Answer wanted;
    private int pairs;
    private int broken;
    private int open;
    private final List<FlowStanding.PairVerdict> brokenOnes = new ArrayList<>();
    private final List<FlowStanding.PairVerdict> openOnes = new ArrayList<>();

    StandingCount(Snapshot cluster, Reachability reachability, DeclaredFlow flow) {
        this.cluster = cluster;
        this.reachability = reachability;
        this.flow = flow;
        this.wanted = flow.flow().expectation() == Expectation.ALLOWED ? Answer.YES : Answer.NO;
    }

    /** @return true, as a visitor that wants more */
    boolean add(Pair pair) {
        pairs++;
        Answer answer = reachability.answer(pair);
        if (answer != wanted && answer == Answer.UNKNOWN) {
            open++;
            addExample(pair, openOnes);
        } else if (answer != wanted) {
            broken++;
            addExample(pair, brokenOnes);
        }
        return true;
    }

    private void addExample(Pair pair, List<FlowStanding.PairVerdict> examples) {
        if (examples.size() < FlowAssessment.MOST_EXAMPLES) {
            examples.add(new FlowStanding.PairVerdict(pair, reachability.verdict(pair)));
        }
    }

    int pairs() {
        return pairs;
    }

    /**
     * As far as was counted.
     *
     * @param unbound why there is no pair, where there is none
     * @param partial whether there are more
     */
    FlowStanding standing(Supplier<Optional<Unbound>> unbound, boolean partial) {
        return new FlowStanding(
                flow,
                state(),
                pairs,
                broken + open,
                examples(),
                pairs == 0 && !partial ? unbound.get() : Optional.empty(),
                partial);
    }

    /** What is sure whatever the pairs are that were not counted. */
    FlowStanding sureStanding() {
        FlowState state = !cluster.cni().enforcesPolicies()
                ? FlowState.UNENFORCED
                : broken > 0 ? FlowState.BROKEN : FlowState.UNDETERMINED;
        return new FlowStanding(flow, state, pairs, broken + open, examples(), Optional.empty(), true);
    }

    private FlowState state() {
        if (pairs == 0) {
            return FlowState.UNBOUND;
        }
        if (!cluster.cni().enforcesPolicies()) {
            return FlowState.UNENFORCED;
        }
        return broken > 0 ? FlowState.BROKEN : open > 0 ? FlowState.UNDETERMINED : FlowState.SATISFIED;
    }

    /** What is broken is told before what is open, which it may outnumber. */
    private List<FlowStanding.PairVerdict> examples() {
        return Stream.concat(brokenOnes.stream(), openOnes.stream())
                .limit(FlowAssessment.MOST_EXAMPLES)
                .toList();
    }
}
