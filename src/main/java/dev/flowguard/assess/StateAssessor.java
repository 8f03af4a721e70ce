package dev.flowguard.assess;

import dev.flowguard.binding.AlikePairs;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.Within;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Expectation;
import dev.flowguard.policy.Answer;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.match.PortClasses;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Judges a cluster as it is: how every declared flow stands. */
public final class StateAssessor {
    /**
     * How a flow stands by all of its pairs.
     *
     * @param steps how much there was to do to find out
     */
    private record Known(FlowStanding standing, long steps) {}

    private final Snapshot cluster;
    private final Reachability reachability;
    private final FlowBinding binding;
    private final PolicyView policies;
    private final Map<AlikePairs.Question, Answer> answers = new HashMap<>();
    private final AlikeFlows<Known> alikeFlows;
    private Optional<Classes> classes = Optional.empty();
    private boolean lookedForClasses;

    public StateAssessor(Snapshot cluster) {
        this(cluster, cluster);
    }

    /** @param policies those in force, in place of the snapshot's own */
    public StateAssessor(Snapshot cluster, PolicyView policies) {
        this.cluster = cluster;
        this.policies = policies;
        this.reachability = new Reachability(cluster, policies);
        this.binding = new FlowBinding(cluster, List.of(policies));
        this.alikeFlows = new AlikeFlows<>(() -> new PortClasses(cluster, List.of(policies)));
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
        Optional<AlikeFlows.Found<Known>> alike = alikeFlows.like(flow.flow());
        if (alike.isPresent() && alike.get().found().standing().pairs() <= mostPairs) {
            return like(alike.get(), flow);
        }
        StandingCount count = new StandingCount(cluster, reachability, flow, answers, mostPairs);
        boolean all = binding.forEachAlike(flow.flow(), Within.ANYWHERE, Within.ANYWHERE, this::classes, count);
        FlowStanding standing = count.standing(() -> binding.unbound(flow.flow()), !all);
        if (all) {
            alikeFlows.put(flow.flow(), standing.pairs(), new Known(standing, standing.pairs()));
        }
        return standing;
    }

    /** As another flow stands: port by port the same, between the same ends. */
    private FlowStanding like(AlikeFlows.Found<Known> alike, DeclaredFlow flow) {
        FlowStanding known = alike.found().standing();
        List<FlowStanding.PairVerdict> examples = known.examples().stream()
                .map(example -> alike.own(example.pair()))
                .map(pair -> new FlowStanding.PairVerdict(pair, reachability.verdict(pair)))
                .toList();
        return new FlowStanding(
                flow, known.state(), known.pairs(), known.amiss(), examples, known.unbound(), known.partial());
    }

    /** To be judged in portions. */
    public StandingWalk begin(DeclaredFlow flow) {
        Optional<AlikeFlows.Found<Known>> known = alikeFlows.like(flow.flow());
        if (known.isPresent()) {
            return StandingWalk.known(
                    like(known.get(), flow), known.get().found().steps());
        }
        StandingCount count = new StandingCount(cluster, reachability, flow, answers, Long.MAX_VALUE);
        StandingWalk.WhenOver keep =
                (standing, steps) -> alikeFlows.put(flow.flow(), standing.pairs(), new Known(standing, steps));
        return binding.walkAlike(flow.flow(), this::classes)
                .map(alike -> StandingWalk.of(alike, count, () -> binding.unbound(flow.flow()), keep))
                .orElseGet(() ->
                        StandingWalk.of(binding.walk(flow.flow()), count, () -> binding.unbound(flow.flow()), keep));
    }

    /** A flow of which nothing was judged, as others of its contract are too much. */
    public FlowStanding unjudged(DeclaredFlow flow) {
        return new StandingCount(cluster, reachability, flow, answers, 0).sureStanding();
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

    private Optional<Classes> classes() {
        if (!lookedForClasses) {
            classes = Classes.of(cluster, List.of(policies));
            lookedForClasses = true;
        }
        return classes;
    }
}
