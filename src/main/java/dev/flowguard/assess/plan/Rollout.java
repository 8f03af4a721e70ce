package dev.flowguard.assess.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.assess.Concern;
import dev.flowguard.assess.Effect;
import dev.flowguard.assess.FlowAssessment;
import dev.flowguard.assess.PairAssessment;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Changes that are made one after another, and what each would do to the declared flows in any state in between. Changes of the
 * same policy are made in the order in which they are given. A change <em>cuts</em> a pair if that is then broken, and held just before the change or at the very beginning; so
 * what no change cuts is never broken on the way, not even by way of an undetermined state. Changes go by their number, from 0;
 * a state is the set of those already made.
 */
public final class Rollout {
    /** The subsets of so many changes are still looked at one by one: 256. */
    private static final int MOST_TOGETHER = 8;

    private record FlowPair(DeclaredFlow flow, Pair pair) {}

    private final List<Change> changes;
    private final WayPoints points;

    /** With all changes of other kinds made. */
    private final Snapshot done;

    private final List<List<Course>> courses = new ArrayList<>();

    /** @param before the cluster in which none of the changes is made, with their older versions in force */
    public Rollout(Snapshot before, List<Change> changes) {
        this.changes = List.copyOf(changes);
        Snapshot cluster = telling(before, changes)
                .distinguishing(changes.stream().flatMap(Change::versions).toList());
        this.points = new WayPoints(cluster, this.changes);
        this.done = cluster.with(changes.stream()
                .flatMap(change -> change.others().stream())
                .map(Change.OfOther::updated)
                .toList());
        FlowBinding binding = new FlowBinding(cluster, List.of(points.policies(new BitSet()), points.policies(all())));
        Map<FlowPair, Course> met = new HashMap<>();
        for (int number = 0; number < changes.size(); number++) {
            courses.add(before.cni().enforcesPolicies() ? courses(number, cluster, binding, met) : List.of());
        }
    }

    private List<Course> courses(int number, Snapshot cluster, FlowBinding binding, Map<FlowPair, Course> met) {
        Set<Course> found = new LinkedHashSet<>();
        for (Touched touched : concerning(changes.get(number), cluster)) {
            for (DeclaredFlow flow : touched.flows()) {
                if (flow.contract().source().isImplied()) {
                    continue;
                }
                touched.concern().forEach(flow.flow(), binding, pair -> {
                    Course course = met.computeIfAbsent(new FlowPair(flow, pair), each -> new Course(flow, pair));
                    course.concernedBy(number);
                    found.add(course);
                    return true;
                });
            }
        }
        return List.copyOf(found);
    }

    /** The same cluster, with pods told apart by what any version of the changed objects names. */
    private static Snapshot telling(Snapshot before, List<Change> changes) {
        List<Change.OfOther> others =
                changes.stream().flatMap(change -> change.others().stream()).toList();
        return before.with(others.stream().map(Change.OfOther::updated).toList())
                .with(others.stream().map(Change.OfOther::old).toList());
    }

    /** Flows, and what of them a change can touch. */
    private record Touched(List<DeclaredFlow> flows, Concern concern) {}

    private List<Touched> concerning(Change change, Snapshot cluster) {
        return change.others().isEmpty()
                ? List.of(ofNetworkPolicy(change, cluster))
                : change.others().stream()
                        .flatMap(other -> Stream.of(ofOther(other, cluster, cluster), ofOther(other, done, cluster)))
                        .toList();
    }

    private static Touched ofNetworkPolicy(Change change, Snapshot cluster) {
        NamespaceShard shard = cluster.namespaceOrAssumed(change.policy().namespace());
        return new Touched(
                cluster.flowsTouching(shard),
                Concern.of(change.versions().map(shard::compile).toList(), shard, cluster, cluster.cni()));
    }

    /**
     * A policy touches whom its versions select; an object to which policies refer touches whom any of them may.
     *
     * @param around what else is there, on which it may depend what the versions mean
     */
    private static Touched ofOther(Change.OfOther change, Snapshot around, Snapshot cluster) {
        boolean isPolicy = Stream.of(change.old(), change.updated())
                .flatMap(version -> version.facts().stream())
                .allMatch(Fact.Ruled.class::isInstance);
        return new Touched(
                cluster.flows(),
                isPolicy
                        ? Concern.between(
                                around.with(change.old()).ruled(),
                                around.with(change.updated()).ruled(),
                                cluster)
                        : Concern.EVERYTHING);
    }

    public List<Change> changes() {
        return changes;
    }

    /** Every change made. */
    public BitSet all() {
        BitSet all = new BitSet();
        all.set(0, changes.size());
        return all;
    }

    /** Whether it is the change's turn: an earlier one of the same policy comes first. */
    public boolean isDue(BitSet made, int next) {
        return IntStream.range(0, next)
                .noneMatch(earlier -> !made.get(earlier)
                        && changes.get(earlier)
                                .object()
                                .equals(changes.get(next).object()));
    }

    /** Whether the change cuts nothing in that state. */
    public boolean isSafe(BitSet made, int next) {
        return courses.get(next).stream().noneMatch(course -> course.effect(made, next, points) == Effect.NEWLY_BROKEN);
    }

    /** Whether it cuts nothing, and leaves nothing undetermined that was not. */
    public boolean isSure(BitSet made, int next) {
        return courses.get(next).stream()
                .map(course -> course.effect(made, next, points))
                .noneMatch(effect -> effect == Effect.NEWLY_BROKEN || effect == Effect.UNDETERMINED);
    }

    /** The flows on which the change has that effect in that state, with examples. */
    public List<FlowAssessment> flows(BitSet made, int next, Effect effect) {
        BitSet then = (BitSet) made.clone();
        then.set(next);
        return assess(courses.get(next).stream(), made, then, course -> course.effect(made, next, points)).stream()
                .filter(flow -> flow.effect() == effect)
                .toList();
    }

    /** The flows that hold before the first change and are broken after the last, whatever comes in between. */
    public List<FlowAssessment> cutInTheEnd() {
        BitSet none = new BitSet();
        BitSet all = all();
        return assess(
                        courses.stream().flatMap(List::stream).distinct(),
                        none,
                        all,
                        course -> Effect.of(
                                course.flow().flow().expectation(),
                                course.answer(none, points),
                                course.answer(all, points)))
                .stream()
                .filter(flow -> flow.effect() == Effect.NEWLY_BROKEN)
                .toList();
    }

    /** How many declared flows the changes can touch. */
    public long touched() {
        return courses.stream()
                .flatMap(List::stream)
                .map(Course::flow)
                .distinct()
                .count();
    }

    /**
     * Whether those changes cut nothing in any order, and in part. What many of them concern at once is not tried out: then the
     * answer is no.
     */
    public boolean isSafeInAnyOrder(BitSet made, BitSet together) {
        return together.stream().allMatch(number -> isDue(made, number))
                && together.stream()
                        .mapToObj(courses::get)
                        .flatMap(List::stream)
                        .distinct()
                        .allMatch(course -> isSafeInAnyOrder(course, made, course.concerning(together)));
    }

    private boolean isSafeInAnyOrder(Course course, BitSet made, BitSet together) {
        int[] numbers = together.stream().toArray();
        if (numbers.length > MOST_TOGETHER) {
            return false;
        }
        for (int subset = 0; subset < 1 << numbers.length; subset++) {
            BitSet state = (BitSet) made.clone();
            for (int i = 0; i < numbers.length; i++) {
                state.set(numbers[i], ((subset >> i) & 1) == 1);
            }
            for (int number : numbers) {
                if (!state.get(number) && course.effect(state, number, points) == Effect.NEWLY_BROKEN) {
                    return false;
                }
            }
        }
        return true;
    }

    private interface Judgement {
        Effect of(Course course);
    }

    private List<FlowAssessment> assess(Stream<Course> some, BitSet before, BitSet after, Judgement judgement) {
        Reachability was = points.at(before);
        Reachability willBe = points.at(after);
        Map<DeclaredFlow, FlowAssessment.Tally> tallies = new LinkedHashMap<>();
        some.forEach(course -> {
            FlowAssessment.Tally tally = tallies.computeIfAbsent(course.flow(), FlowAssessment.Tally::new);
            Effect effect = judgement.of(course);
            if (tally.wants(effect)) {
                tally.addExample(new PairAssessment(
                        course.pair(), effect, was.verdict(course.pair()), willBe.trace(course.pair())));
            }
            tally.count(course.pair(), effect);
        });
        return tallies.values().stream().map(FlowAssessment.Tally::result).toList();
    }
}
