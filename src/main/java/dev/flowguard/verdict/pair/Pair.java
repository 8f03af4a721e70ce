package dev.flowguard.verdict.pair;

import dev.flowguard.net.PortRange;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The unit of verdicts: one source, one destination, one kind of traffic.
 *
 * @param alternatives other destinations that serve the same purpose, as a resolver on the node serves for the cluster's DNS;
 *     where they and the destination differ, it is undetermined which of them the traffic takes
 * @param ofSource whether they stand in for the source instead, as agents do that carry the API server's traffic
 */
public record Pair(
        Endpoint source, Endpoint destination, Traffic traffic, List<Endpoint> alternatives, boolean ofSource) {
    public Pair {
        alternatives = List.copyOf(alternatives);
    }

    public Pair(Endpoint source, Endpoint destination, Traffic traffic, List<Endpoint> alternatives) {
        this(source, destination, traffic, alternatives, false);
    }

    public Pair(Endpoint source, Endpoint destination, Traffic traffic) {
        this(source, destination, traffic, List.of());
    }

    /** The same traffic with an alternative in the place of the end that it stands in for. */
    public Pair with(Endpoint alternative) {
        return ofSource ? new Pair(alternative, destination, traffic) : new Pair(source, alternative, traffic);
    }

    /** The same, but for who may send it in place of the source. */
    public Pair sentBy(List<Endpoint> others) {
        return new Pair(source, destination, traffic, others, true);
    }

    /** The same on other ports. */
    public Pair on(PortRange ports) {
        Traffic other = new Traffic(traffic.protocol(), ports, traffic.family(), traffic.route());
        return new Pair(source, destination, other, alternatives, ofSource);
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
