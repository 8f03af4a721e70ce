package dev.flowguard.assess;

import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Judges a cluster as it is: how every declared flow stands. */
public final class StateAssessor {
    private final Snapshot cluster;
    private final Reachability reachability;
    private final FlowBinding binding;

    public StateAssessor(Snapshot cluster) {
        this(cluster, cluster);
    }

    /** @param policies those in force, in place of the snapshot's own */
    public StateAssessor(Snapshot cluster, PolicyView policies) {
        this.cluster = cluster;
        this.reachability = new Reachability(cluster, policies);
        this.binding = new FlowBinding(cluster, List.of(policies));
    }

    /** In the order of the contracts. */
    public List<FlowStanding> assess() {
        return cluster.flows().stream().map(this::assess).toList();
    }

    /** Without the implied flows of which declared ones tell all that is amiss. */
    public static List<FlowStanding> toldOnce(List<FlowStanding> standings) {
        ToldPairs told = new ToldPairs();
        List<FlowStanding> once = new ArrayList<>();
        for (FlowStanding standing : standings) {
            standing.examples().forEach(example -> told.met(standing.flow(), example.pair(), Effect.STILL_BROKEN));
            boolean again = !standing.examples().isEmpty()
                    && standing.examples().stream()
                            .allMatch(example -> told.isToldAlready(standing.flow(), example.pair()));
            if (!again) {
                once.add(standing);
            }
        }
        return once;
    }

    /**
     * As {@link #assess()}, where it is known how every flow stood in an earlier snapshot: those that no change can concern are not
     * judged again, and one that stands as before stays the same object.
     *
     * @param standings those of all flows of the earlier snapshot, in their order
     */
    public List<FlowStanding> assess(Snapshot earlier, List<FlowStanding> standings) {
        Optional<BitSet> changed = cluster.flowsChangedSince(earlier);
        if (changed.isEmpty()) {
            return assess();
        }
        List<FlowStanding> now = new ArrayList<>(standings);
        changed.get().stream().forEach(place -> {
            FlowStanding news = assess(cluster.flows().get(place));
            if (!news.equals(now.get(place))) {
                now.set(place, news);
            }
        });
        return now;
    }

    public FlowStanding assess(DeclaredFlow flow) {
        return assess(flow, Long.MAX_VALUE);
    }

    /**
     * How the flow stands as far as its first pairs tell.
     *
     * @param mostPairs how many are judged; a flow of more than these may be worse than is said
     */
    public FlowStanding assess(DeclaredFlow flow, long mostPairs) {
        Answer wanted = flow.flow().expectation() == Expectation.ALLOWED ? Answer.YES : Answer.NO;
        Count count = new Count();
        binding.forEach(flow.flow(), pair -> count.add(pair, wanted) < mostPairs);
        Optional<Unbound> unbound = count.pairs == 0 ? binding.unbound(flow.flow()) : Optional.empty();
        return new FlowStanding(flow, state(count), count.pairs, count.broken + count.open, count.examples(), unbound);
    }

    /**
     * Hands over pairs of the flow, each with how it stands by itself.
     *
     * @param mostPairs how many are handed over
     * @return whether that were all
     */
    public boolean forEachPair(DeclaredFlow flow, long mostPairs, BiConsumer<Pair, FlowState> visitor) {
        Answer wanted = flow.flow().expectation() == Expectation.ALLOWED ? Answer.YES : Answer.NO;
        long[] left = {mostPairs};
        return binding.forEach(flow.flow(), pair -> {
            if (left[0]-- <= 0) {
                return false;
            }
            visitor.accept(pair, state(reachability.answer(pair), wanted));
            return true;
        });
    }

    private FlowState state(Answer answer, Answer wanted) {
        if (!cluster.cni().enforcesPolicies()) {
            return FlowState.UNENFORCED;
        }
        return answer == wanted
                ? FlowState.SATISFIED
                : answer == Answer.UNKNOWN ? FlowState.UNDETERMINED : FlowState.BROKEN;
    }

    private FlowState state(Count count) {
        if (count.pairs == 0) {
            return FlowState.UNBOUND;
        }
        if (!cluster.cni().enforcesPolicies()) {
            return FlowState.UNENFORCED;
        }
        return count.broken > 0 ? FlowState.BROKEN : count.open > 0 ? FlowState.UNDETERMINED : FlowState.SATISFIED;
    }

    private final class Count {
        private int pairs;
        private int broken;
        private int open;
        private final List<FlowStanding.PairVerdict> brokenOnes = new ArrayList<>();
        private final List<FlowStanding.PairVerdict> openOnes = new ArrayList<>();

        /** @return how many pairs there are by now */
        int add(Pair pair, Answer wanted) {
            pairs++;
            Answer answer = reachability.answer(pair);
            if (answer != wanted && answer == Answer.UNKNOWN) {
                open++;
                addExample(pair, openOnes);
            } else if (answer != wanted) {
                broken++;
                addExample(pair, brokenOnes);
            }
            return pairs;
        }

        private void addExample(Pair pair, List<FlowStanding.PairVerdict> examples) {
            if (examples.size() < FlowAssessment.MOST_EXAMPLES) {
                examples.add(new FlowStanding.PairVerdict(pair, reachability.verdict(pair)));
            }
        }

        /** What is broken is told before what is open, which it may outnumber. */
        List<FlowStanding.PairVerdict> examples() {
            return Stream.concat(brokenOnes.stream(), openOnes.stream())
                    .limit(FlowAssessment.MOST_EXAMPLES)
                    .toList();
        }
    }
}
