package dev.flowguard.verdict;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    public Pair to(Endpoint alternative) {
        return new Pair(source, alternative, traffic);
    }

    /** The namespaces whose policies decide about it. */
    public Set<String> namespaces() {
        return Stream.concat(Stream.of(source, destination), alternatives.stream())
                .flatMap(end ->
                        end.match(pods -> Stream.of(pods.workload().namespace()), addresses -> Stream.<String>empty()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it can only be one pod that talks to itself. */
    public boolean isOnePodWithItself() {
        return source instanceof Endpoint.Pods pods && pods.isAlsoLonePod(destination);
    }
}
