package dev.flowguard.assess;

import dev.flowguard.binding.AlikePairs;
import dev.flowguard.binding.AlikeVisitor;
import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Counts how the pairs of one flow stand. */
final class StandingCount implements AlikeVisitor {
    private final Snapshot cluster;
    private final Reachability reachability;
    private final DeclaredFlow flow;
    private final Answer wanted;
    private final Map<AlikePairs.Question, Answer> answers;
    private final long mostPairs;
    private long pairs;
    private long broken;
    private long open;
    private final List<FlowStanding.PairVerdict> brokenOnes = new ArrayList<>();
    private final List<FlowStanding.PairVerdict> openOnes = new ArrayList<>();

    /**
     * @param answers what was asked before, of whatever flow; it grows
     * @param mostPairs how many are counted
     */
    StandingCount(
            Snapshot cluster,
            Reachability reachability,
            DeclaredFlow flow,
            Map<AlikePairs.Question, Answer> answers,
            long mostPairs) {
        this.answers = answers;
        this.mostPairs = mostPairs;
        this.cluster = cluster;
        this.reachability = reachability;
        this.flow = flow;
        this.wanted = flow.flow().expectation() == Expectation.ALLOWED ? Answer.YES : Answer.NO;
    }

    /** @return true, as a visitor that wants more */
    boolean add(Pair pair) {
        Answer answer = reachability.answer(pair);
        count(1, answer);
        keep(pair, answer);
        return true;
    }

    @Override
    public Wish visit(AlikePairs alike) {
        if (pairs >= mostPairs) {
            return Wish.STOP;
        }
        if (alike.isSingle()) {
            add(alike.one());
            return Wish.GO_ON;
        }
        Answer answer = alike.question()
                .map(question -> answers.computeIfAbsent(question, key -> reachability.answer(alike.one())))
                .orElseGet(() -> reachability.answer(alike.one()));
        count(alike.count(), answer);
        return answer == wanted ? Wish.GO_ON : Wish.SHOW_EACH;
    }

    @Override
    public boolean show(Pair pair) {
        keep(pair, reachability.answer(pair));
        return wantsExamples(brokenOnes, broken) || wantsExamples(openOnes, open);
    }

    private static boolean wantsExamples(List<FlowStanding.PairVerdict> examples, long counted) {
        return examples.size() < Math.min(counted, FlowAssessment.MOST_EXAMPLES);
    }

    private void count(long times, Answer answer) {
        pairs += times;
        if (answer != wanted && answer == Answer.UNKNOWN) {
            open += times;
        } else if (answer != wanted) {
            broken += times;
        }
    }

    private void keep(Pair pair, Answer answer) {
        if (answer != wanted) {
            List<FlowStanding.PairVerdict> examples = answer == Answer.UNKNOWN ? openOnes : brokenOnes;
            if (examples.size() < FlowAssessment.MOST_EXAMPLES) {
                examples.add(new FlowStanding.PairVerdict(pair, reachability.verdict(pair)));
            }
        }
    }

    private static int most(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
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
                most(pairs),
                most(broken + open),
                examples(),
                pairs == 0 && !partial ? unbound.get() : Optional.empty(),
                partial);
    }

    /** What is sure whatever the pairs are that were not counted. */
    FlowStanding sureStanding() {
        FlowState state = !cluster.cni().enforcesPolicies()
                ? FlowState.UNENFORCED
                : broken > 0 ? FlowState.BROKEN : FlowState.UNDETERMINED;
        return new FlowStanding(flow, state, most(pairs), most(broken + open), examples(), Optional.empty(), true);
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
