package dev.flowguard.assess.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.plan.Plan.Obstacle;
import dev.flowguard.assess.plan.Plan.Step;
import dev.flowguard.assess.plan.Plan.Wave;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for a safe order: takes at each step the first change that cuts nothing, and goes back where that leads nowhere. New
 * policies come before altered ones and deletions last, as far as that is safe; among the like, the given order is kept.
 */
public final class PlanSearch {
    /** So many states from which no order leads on are met before the search is given up. */
    private static final int MOST_DEAD_ENDS = 1_000;

    private final Rollout rollout;
    private final int mostDeadEnds;
    private final Set<BitSet> deadEnds = new HashSet<>();
    private final List<Integer> order = new ArrayList<>();
    private List<Integer> longest = List.of();

    private PlanSearch(Rollout rollout, int mostDeadEnds) {
        this.rollout = rollout;
        this.mostDeadEnds = mostDeadEnds;
    }

    /**
     * A plan for these changes.
     *
     * @param before the cluster before any of them
     * @param changes where several are of one policy, as they follow each other
     */
    public static Plan plan(Snapshot before, List<Change> changes) {
        List<Change> preferred =
                changes.stream().sorted(Comparator.comparing(PlanSearch::rank)).toList();
        Rollout rollout = new Rollout(before, preferred);
        boolean hopeless = !rollout.cutInTheEnd().isEmpty();
        return new PlanSearch(rollout, hopeless ? 0 : MOST_DEAD_ENDS).plan();
    }

    /** What policies refer to comes before them and goes after them; what may deny comes after what allows. */
    private static int rank(Change change) {
        return change.match(create -> 1, update -> 3, delete -> 4, other -> {
            boolean isPolicy = Stream.of(other.old(), other.updated())
                    .flatMap(version -> version.facts().stream())
                    .allMatch(Fact.Ruled.class::isInstance);
            return other.isDeletion() ? (isPolicy ? 4 : 5) : other.old().isGone() ? (isPolicy ? 2 : 0) : 3;
        });
    }

    private Plan plan() {
        boolean found = advance(new BitSet());
        BitSet reached = new BitSet();
        longest.forEach(reached::set);
        BitSet remaining = rollout.all();
        remaining.andNot(reached);
        return new Plan(
                waves(longest),
                remaining.stream()
                        .mapToObj(number -> new Obstacle(
                                rollout.changes().get(number), rollout.flows(reached, number, Effect.NEWLY_BROKEN)))
                        .toList(),
                rollout.cutInTheEnd(),
                found || mostDeadEnds == 0 || deadEnds.size() < mostDeadEnds,
                rollout.touched());
    }

    private boolean advance(BitSet made) {
        if (order.size() > longest.size()) {
            longest = List.copyOf(order);
        }
        BitSet remaining = rollout.all();
        remaining.andNot(made);
        if (remaining.isEmpty()) {
            return true;
        }
        BitSet doubtful = new BitSet();
        for (int next :
                remaining.stream().filter(number -> rollout.isDue(made, number)).toArray()) {
            if (rollout.isSure(made, next)) {
                if (advanceWith(made, next)) {
                    return true;
                }
            } else {
                doubtful.set(next);
            }
        }
        for (int next : doubtful.stream().toArray()) {
            if (rollout.isSafe(made, next) && advanceWith(made, next)) {
                return true;
            }
        }
        deadEnds.add((BitSet) made.clone());
        return false;
    }

    private boolean advanceWith(BitSet made, int next) {
        if (deadEnds.size() > mostDeadEnds) {
            return false;
        }
        BitSet then = (BitSet) made.clone();
        then.set(next);
        if (deadEnds.contains(then)) {
            return false;
        }
        order.add(next);
        boolean found = advance(then);
        order.remove(order.size() - 1);
        return found;
    }

    /** Neighbours share a wave as long as every order of its steps is safe. */
    private List<Wave> waves(List<Integer> steps) {
        List<Wave> waves = new ArrayList<>();
        BitSet made = new BitSet();
        List<Step> wave = new ArrayList<>();
        BitSet together = new BitSet();
        for (int number : steps) {
            together.set(number);
            if (!wave.isEmpty() && !rollout.isSafeInAnyOrder(made, together)) {
                together.clear(number);
                waves.add(new Wave(wave));
                made.or(together);
                wave.clear();
                together.clear();
                together.set(number);
            }
            BitSet before = (BitSet) made.clone();
            before.or(together);
            before.clear(number);
            wave.add(new Step(rollout.changes().get(number), rollout.flows(before, number, Effect.UNDETERMINED)));
        }
        if (!wave.isEmpty()) {
            waves.add(new Wave(wave));
        }
        return waves;
    }
}
