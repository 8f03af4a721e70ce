package dev.flowguard.binding;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through the pairs of some senders and destinations by classes, in portions. For one thread. */
public final class AlikeWalk {
    private static final int NO_CLASS = -1;

    /** What tells apart those who are reached: who they are, and all that the flow says of the way there. */
    private record Reached(Object end, Protocol protocol, PortRange ports, Route route, List<Endpoint> alternatives) {}

    /** Some that are alike, with the first of them. */
    private static final class Group<T> {
        private final T first;
        private final int number;
        private final Set<String> namespaces = new HashSet<>();
        private long size;

        Group(T first, int number) {
            this.first = first;
            this.number = number;
        }
    }

    /** Groups, and for each of those grouped the place of its own. */
    private record Grouped<T>(List<T> all, List<Group<T>> groups, int[] groupOf) {}

    private final PairCutter cutter;
    private final Classes classes;
    private final Grouped<Endpoint> senders;
    private final Grouped<Destination> reached;

    /** The classes of which each pair is to be shown, by places. */
    private final BitSet wanted = new BitSet();

    private int from;
    private int to;
    private boolean stopped;

    AlikeWalk(PairCutter cutter, Classes classes, List<Endpoint> senders, List<Destination> reached) {
        this.cutter = cutter;
        this.classes = classes;
        this.senders = grouped(senders, sender -> sender, this::end);
        this.reached = grouped(
                reached,
                Destination::endpoint,
                to -> new Reached(end(to.endpoint()), to.protocol(), to.ports(), to.route(), to.alternatives()));
    }

    private interface Key<T> {
        Object of(T member);
    }

    private interface End<T> {
        Endpoint of(T member);
    }

    private <T> Grouped<T> grouped(List<T> all, End<T> end, Key<T> key) {
        Map<Object, Integer> places = new HashMap<>();
        List<Group<T>> groups = new ArrayList<>();
        int[] groupOf = new int[all.size()];
        for (int i = 0; i < groupOf.length; i++) {
            T member = all.get(i);
            int place = places.computeIfAbsent(key.of(member), like -> {
                groups.add(new Group<>(member, number(end.of(member))));
                return groups.size() - 1;
            });
            Group<T> group = groups.get(place);
            group.size++;
            end.of(member).match(pods -> group.namespaces.add(pods.workload().namespace()), addresses -> false);
            groupOf[i] = place;
        }
        return new Grouped<>(all, groups, groupOf);
    }

    /** Whoever is alike is equal. */
    private Object end(Endpoint end) {
        return end.match(pods -> classes.of(pods.workload()), addresses -> addresses);
    }

    private int number(Endpoint end) {
        return end.match(pods -> classes.of(pods.workload()), addresses -> NO_CLASS);
    }

    /** @return whether all pairs were visited */
    boolean forEach(AlikeVisitor visitor) {
        goOn(Long.MAX_VALUE, visitor);
        return !stopped;
    }

    /** Whether nothing is left to visit. */
    public boolean isOver() {
        return stopped || from >= senders.groups().size() || reached.groups().isEmpty();
    }

    /**
     * Visits classes where it stopped last, until they or the steps are used up or the visitor wants no more.
     *
     * @return how many steps that took; less than allowed only when it is over
     */
    public long goOn(long mostSteps, AlikeVisitor visitor) {
        long steps = 0;
        while (steps < mostSteps && !isOver()) {
            steps++;
            stopped = !visit(visitor);
            if (++to == reached.groups().size()) {
                to = 0;
                from++;
            }
        }
        if (isOver() && !wanted.isEmpty()) {
            showEach(visitor);
            wanted.clear();
        }
        return steps;
    }

    private boolean visit(AlikeVisitor visitor) {
        int place = from * reached.groups().size() + to;
        Group<Endpoint> source = senders.groups().get(from);
        Group<Destination> destination = reached.groups().get(to);
        return cutter.forEach(source.first, destination.first, pair -> {
            AlikeVisitor.Wish wish = visitor.visit(new AlikePairs(
                    pair,
                    source.size * destination.size,
                    List.of(source.namespaces, destination.namespaces),
                    question(source, destination, pair)));
            if (wish == AlikeVisitor.Wish.SHOW_EACH) {
                wanted.set(place);
            }
            return wish != AlikeVisitor.Wish.STOP;
        });
    }

    private static Optional<AlikePairs.Question> question(
            Group<Endpoint> source, Group<Destination> destination, Pair pair) {
        boolean isPlain = source.number != NO_CLASS
                && destination.number != NO_CLASS
                && pair.alternatives().isEmpty()
                && pair.traffic().route().match(() -> true, via -> false);
        return isPlain
                ? Optional.of(new AlikePairs.Question(source.number, destination.number, pair.traffic()))
                : Optional.empty();
    }

    private void showEach(AlikeVisitor visitor) {
        int width = reached.groups().size();
        for (int i = 0; i < senders.groupOf().length; i++) {
            int row = senders.groupOf()[i] * width;
            int next = wanted.nextSetBit(row);
            if (next < 0 || next >= row + width) {
                continue;
            }
            for (int j = 0; j < reached.groupOf().length; j++) {
                if (wanted.get(row + reached.groupOf()[j])
                        && !cutter.forEach(senders.all().get(i), reached.all().get(j), visitor::show)) {
                    return;
                }
            }
        }
    }
}
