package dev.flowguard.assess;

import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.match.PortClasses;
import dev.flowguard.verdict.pair.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was found of declared flows that speak of many pairs, for others between the same ends that differ only in ports which no
 * policy tells apart: what holds for the one holds for the other, port by port. Only flows between pods, on single ports, are kept.
 * For one thread.
 */
final class AlikeFlows<T> {
    /** Of fewer pairs, each is asked as quickly as it is found out whether flows are alike. */
    private static final int MANY = 256;

    private record Ends(Expectation expectation, FlowEnd from, FlowEnd to) {}

    private record PortClass(Protocol protocol, int number) {}

    /** What was found of a flow on those ports, each once, in its order. */
    private record Known<T>(List<PortMatch.Numbered> ports, T found) {}

    /**
     * What was found of a flow that is alike.
     *
     * @param found what was found of it
     */
    record Found<T>(T found, Map<PortRange, PortRange> ports) {
        /** The pair of the flow that is asked about in the place of one of the flow that was found. */
        Pair own(Pair pair) {
            return pair.on(
                    ports.getOrDefault(pair.traffic().ports(), pair.traffic().ports()));
        }
    }

    private final Supplier<PortClasses> makeClasses;
    private final Map<Ends, Map<List<PortClass>, Known<T>>> known = new HashMap<>();

    /** Of ends of which one flow was met alone, so that nobody has asked for classes yet. */
    private final Map<Ends, Known<T>> first = new HashMap<>();

    private @Nullable PortClasses classes;

    /** @param classes those of the policies by which is judged; asked for only where two flows have the same ends */
    AlikeFlows(Supplier<PortClasses> classes) {
        this.makeClasses = classes;
    }

    /** What was found of a flow that is alike. */
    Optional<Found<T>> like(Flow flow) {
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Ends ends = ends(flow);
        @Nullable Known<T> only = first.get(ends);
        List<PortMatch.Numbered> ports = ports(flow);
        if (only == null || ports.isEmpty()) {
            return Optional.empty();
        }
        Map<List<PortClass>, Known<T>> byPorts =
                known.computeIfAbsent(ends, key -> new HashMap<>(Map.of(classes(only.ports()), only)));
        return Optional.ofNullable(byPorts.get(classes(ports))).map(alike -> found(alike, ports));
    }

    /**
     * Keeps what was found of all pairs of the flow.
     *
     * @param pairs how many they are
     */
    void put(Flow flow, long pairs, T found) {
        List<PortMatch.Numbered> ports = ports(flow);
        if (pairs < MANY || ports.isEmpty()) {
            return;
        }
        Ends ends = ends(flow);
        Known<T> here = new Known<>(ports, found);
        if (first.putIfAbsent(ends, here) != null) {
            known.computeIfAbsent(ends, key -> new HashMap<>()).putIfAbsent(classes(ports), here);
        }
    }

    private static Ends ends(Flow flow) {
        return new Ends(flow.expectation(), flow.from(), flow.to());
    }

    /** Its ports; none where they are not single ones, or one is there twice, or its ends are not all pods by their labels. */
    private static List<PortMatch.Numbered> ports(Flow flow) {
        boolean betweenPods = flow.from() instanceof FlowEnd.Pods && flow.to() instanceof FlowEnd.Pods;
        List<PortMatch> written = betweenPods
                ? flow.ports().match(onPods -> onPods.ports(), onService -> List.of(), List::of)
                : List.of();
        List<PortMatch.Numbered> single = new ArrayList<>(written.size());
        for (PortMatch port : written) {
            if (port instanceof PortMatch.Numbered numbered && numbered.ports().isSingle()) {
                single.add(numbered);
            }
        }
        boolean eachOnce =
                single.stream().map(PortMatch.Numbered::ports).distinct().count() == written.size();
        return eachOnce ? single : List.of();
    }

    private List<PortClass> classes(List<PortMatch.Numbered> ports) {
        @Nullable PortClasses made = classes;
        if (made == null) {
            made = makeClasses.get();
            classes = made;
        }
        List<PortClass> found = new ArrayList<>(ports.size());
        for (PortMatch.Numbered port : ports) {
            found.add(new PortClass(port.protocol(), made.of(port.ports().first())));
        }
        return found;
    }

    private static <T> Found<T> found(Known<T> alike, List<PortMatch.Numbered> ports) {
        Map<PortRange, PortRange> own = new HashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            own.put(alike.ports().get(i).ports(), ports.get(i).ports());
        }
        return new Found<>(alike.found(), own);
    }
}
