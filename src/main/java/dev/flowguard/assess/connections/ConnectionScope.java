package dev.flowguard.assess.connections;

import dev.flowguard.assess.connections.ConnectionEnd.Deployed;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which connections are looked at: those out of some ends and those into some. Others are not even asked for.
 *
 * @param sending of whose connections to others
 * @param receiving of whose connections from others
 */
public record ConnectionScope(Predicate<Deployed> sending, Predicate<Deployed> receiving) {
    public static final ConnectionScope EVERYTHING = of("");

    /** @param namespace in which one of the ends is; empty: all */
    public static ConnectionScope of(String namespace) {
        return new ConnectionScope(end -> end.isIn(namespace), end -> end.isIn(namespace));
    }

    static ConnectionScope of(Set<Deployed> sending, Set<Deployed> receiving) {
        return new ConnectionScope(in(sending), in(receiving));
    }

    /** Everybody is asked about, and mostly of one direction nobody is meant. */
    private static Predicate<Deployed> in(Set<Deployed> ends) {
        return ends.isEmpty() ? end -> false : ends::contains;
    }

    boolean sends(Deployed end) {
        return sending.test(end);
    }

    boolean receives(Deployed end) {
        return receiving.test(end);
    }
}
