package dev.flowguard.assess;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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

    /** So many are kept without asking whether somebody may tell them again. */
    private static final int FEW = 1_000;

    private final Supplier<Set<PortMatch.Numbered>> askedPorts;
    private Optional<Set<PortMatch.Numbered>> impliedPorts = Optional.empty();
    private final Set<Told> told = new HashSet<>();

    /** @param impliedPorts those of which implied flows speak, which is asked where there are many pairs */
    ToldPairs(Supplier<Set<PortMatch.Numbered>> impliedPorts) {
        this.askedPorts = impliedPorts;
    }

    /** For few pairs of a flow. */
    ToldPairs() {
        this(() -> Set.of());
    }

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
        return !flow.contract().source().isImplied()
                && told.size() < MOST
                && (told.size() < FEW || mayBeToldAgain(flow));
    }

    /** Whether an implied flow speaks of a port of that flow. */
    private boolean mayBeToldAgain(DeclaredFlow flow) {
        if (impliedPorts.isEmpty()) {
            impliedPorts = Optional.of(askedPorts.get());
        }
        return flow.flow()
                .ports()
                .match(onPods -> onPods.ports().stream().anyMatch(this::isOfImplied), onService -> true, () -> true);
    }

    private boolean isOfImplied(PortMatch port) {
        return port.match(
                numbered -> impliedPorts.stream()
                        .flatMap(Set::stream)
                        .anyMatch(implied -> implied.protocol() == numbered.protocol()
                                && implied.ports().overlaps(numbered.ports())),
                named -> true,
                every -> true,
                unknown -> true);
    }

    void met(DeclaredFlow flow, Pair pair, Effect effect) {
        if (effect != Effect.NONE && !flow.contract().source().isImplied() && told.size() < MOST) {
            told.add(Told.of(pair));
        }
    }
}
