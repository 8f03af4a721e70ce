package dev.flowguard.wording;

import dev.flowguard.assess.connections.ConnectionEnd;
import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How ends are called for people: {@code shop/orders}, with the kind where that name alone is ambiguous in the report. */
public final class EndLabels {
    public static final String INGRESS_CONTROLLER = "ingress-controller";

    private final Set<String> seen = new HashSet<>();
    private final Set<String> ambiguous = new HashSet<>();

    public EndLabels(Stream<ConnectionEnd> ends) {
        ends.distinct()
                .flatMap(end -> end.match(
                        deployed -> Stream.of(deployed), addresses -> Stream.<Deployed>empty(), Stream::empty))
                .map(EndLabels::name)
                .filter(name -> !seen.add(name))
                .forEach(ambiguous::add);
    }

    public String of(ConnectionEnd end) {
        return end.match(
                deployed -> deployed.namespace() + "/" + within(deployed),
                addresses -> addresses.range().toString(),
                () -> INGRESS_CONTROLLER);
    }

    /** Where the namespace is told by other means; empty for what is in none. */
    public Optional<String> withinNamespace(ConnectionEnd end) {
        return end.match(
                deployed -> Optional.of(within(deployed)), addresses -> Optional.<String>empty(), Optional::empty);
    }

    private String within(Deployed end) {
        return ambiguous.contains(name(end))
                ? end.owner().toString()
                : end.owner().name();
    }

    private static String name(Deployed end) {
        return end.namespace() + "/" + end.owner().name();
    }
}
