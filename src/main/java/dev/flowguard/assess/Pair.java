package dev.flowguard.assess;

import java.util.List;

/**
 * The unit of verdicts: one source, one destination, one kind of traffic.
 *
 * @param alternatives other destinations that serve the same purpose, as a resolver on the node serves for the cluster's DNS;
 *     where they and the destination differ, it is undetermined which of them the traffic takes
 */
public record Pair(Endpoint source, Endpoint destination, Traffic traffic, List<Endpoint> alternatives) {
    public Pair {
        alternatives = List.copyOf(alternatives);
    }

    public Pair(Endpoint source, Endpoint destination, Traffic traffic) {
        this(source, destination, traffic, List.of());
    }

    Pair to(Endpoint alternative) {
        return new Pair(source, alternative, traffic);
    }

    /** Whether it can only be one pod that talks to itself. */
    boolean isOnePodWithItself() {
        return source instanceof Endpoint.Pods pods && pods.isAlsoLonePod(destination);
    }
}
