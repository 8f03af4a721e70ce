package dev.flowguard.assess;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.HashSet;
import java.util.Set;

/**
 * What declared flows have told of a change, so that an implied flow tells no pair a second time. Declared flows come first. For one
 * thread.
 */
final class ToldPairs {
    /** More than any message tells; beyond them a pair is told twice rather than kept. */
    private static final int MOST = 100_000;

    private record Told(Endpoint source, Endpoint destination, Protocol protocol, PortRange ports) {
        static Told of(Pair pair) {
            return new Told(
                    pair.source(),
                    pair.destination(),
                    pair.traffic().protocol(),
                    pair.traffic().ports());
        }
    }

    private final Set<Told> told = new HashSet<>();

    /** Whether the flow is declared, or is implied and of a kind that is looked at where the change is made. */
    static boolean isWanted(DeclaredFlow flow, Snapshot cluster, NamespaceEntry namespace) {
        return flow.contract()
                .source()
                .impliedKind()
                .map(kind -> cluster.impliedLevel(kind, namespace).isPresent())
                .orElse(true);
    }

    boolean isToldAlready(DeclaredFlow flow, Pair pair) {
        return !told.isEmpty() && flow.contract().source().isImplied() && told.contains(Told.of(pair));
    }

    /** Whether nothing was told, or nothing that this flow could tell again. */
    boolean hasNothingOf(DeclaredFlow flow) {
        return told.isEmpty() || !flow.contract().source().isImplied();
    }

    /** Whether pairs of the flow are to be kept if they are affected. */
    boolean wants(DeclaredFlow flow) {
        return !flow.contract().source().isImplied() && told.size() < MOST;
    }

    void met(DeclaredFlow flow, Pair pair, Effect effect) {
        if (effect != Effect.NONE && !flow.contract().source().isImplied() && told.size() < MOST) {
            told.add(Told.of(pair));
        }
    }
}
