package dev.flowguard.audit;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.audit.status.ContractStatus;
import dev.flowguard.audit.status.SeenContract;
import dev.flowguard.audit.status.StatusJudgement;
import dev.flowguard.audit.status.StatusQueue;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what contracts say about themselves true. Called again and again by one thread; each {@link #step()} does what is due: an
 * audit where the snapshot has changed, a comparison where a contract has, and as many writes as the rate allows.
 */
final class Reconciler {
    /** After the last of some changes; after the first of them at most. Together with a write, well below two seconds. */
    static final Duration QUIET = Duration.ofMillis(300);

    static final Duration LONGEST = Duration.ofSeconds(1);

    /** Learns of every audit. */
    interface Listener {
        void audited(Audit audit, Duration took);
    }

    private final ClusterState state;
    private final ContractObjects contracts;
    private final StatusQueue queue;
    private final List<Listener> listeners;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Settling settling;

    private @Nullable Audit audit;

    /** The contracts as they were before the snapshot of the audit was read. */
    private Map<ObjectRef, SeenContract> audited = Map.of();

    /** A contract, and how it stood, when its status was compared with that. */
    private record Compared(SeenContract object, Audit.Judged judged) {
        boolean isStill(SeenContract nowObject, Audit.Judged nowJudged) {
            return nowJudged == judged && nowObject.equals(object);
        }
    }

    /** What the status was last compared with. */
    private final Map<ObjectRef, Compared> compared = new HashMap<>();

    private long generation = -1;
    private long changes = -1;

    /** A contract has changed in a way that does not show in the snapshot; still its status must name the generation judged. */
    private boolean outdated;

    Reconciler(
            ClusterState state,
            ContractObjects contracts,
            StatusQueue queue,
            List<Listener> listeners,
            LongSupplier nanos,
            InstantSource clock) {
        this.state = state;
        this.contracts = contracts;
        this.queue = queue;
        this.listeners = List.copyOf(listeners);
        this.nanos = nanos;
        this.clock = clock;
        this.settling = new Settling(QUIET, LONGEST, nanos);
    }

    void step() {
        long changesNow = contracts.changes();
        Map<ObjectRef, SeenContract> seen = contracts.seen();
        // What is not known well enough to judge a change by is not well enough known to be written down.
        Optional<Snapshot> snapshot = state.known().map(ClusterState.Known::snapshot);
        snapshot.ifPresent(known -> {
            if (known.generation() != generation || changesNow != changes || outdated) {
                notice(known.generation(), changesNow);
            }
            if (settling.isDue()) {
                reconcile(known, seen);
            }
            queue.write();
        });
    }

    private void notice(long newest, long changesNow) {
        generation = newest;
        changes = changesNow;
        settling.changed();
    }

    private void reconcile(Snapshot snapshot, Map<ObjectRef, SeenContract> seen) {
        @Nullable Audit last = audit;
        Duration took = Duration.ZERO;
        if (last == null || last.snapshot().generation() != snapshot.generation() || outdated) {
            long start = nanos.getAsLong();
            last = last == null ? Audit.of(snapshot) : last.next(snapshot);
            took = Duration.ofNanos(nanos.getAsLong() - start);
            audit = last;
            audited = seen;
            outdated = false;
            for (Listener listener : listeners) {
                listener.audited(last, took);
            }
        }
        // In a huge cluster that never is quiet, audits take half of one processor at most.
        settling.settled(took);
        compare(last, seen);
    }

    private void compare(Audit judged, Map<ObjectRef, SeenContract> seen) {
        StatusJudgement judgement = new StatusJudgement(judged.snapshot().cni().configuredName());
        Map<ObjectRef, Audit.Judged> resources = new HashMap<>();
        for (Audit.Judged each : judged.contracts()) {
            ContractSource source = each.contract().source();
            if (!source.isAnnotation()) {
                resources.put(source.object(), each);
                @Nullable SeenContract object = seen.get(source.object());
                if (object != null) {
                    compare(each, queue.current(object), judgement);
                }
            }
        }
        queue.retain(resources.keySet());
        compared.keySet().retainAll(resources.keySet());
    }

    private void compare(Audit.Judged judged, SeenContract object, StatusJudgement judgement) {
        @Nullable SeenContract basis = audited.get(object.object());
        if (basis == null
                || basis.generation() != object.generation()
                || !basis.uid().equals(object.uid())) {
            outdated = true;
            return;
        }
        @Nullable Compared before = compared.put(object.object(), new Compared(object, judged));
        if (before != null && before.isStill(object, judged)) {
            return;
        }
        ContractStatus wanted = judgement.judge(judged.contract(), judged.standings(), object, clock.instant());
        if (wanted.equals(object.status())) {
            queue.remove(object.object());
        } else {
            queue.put(object, wanted);
        }
    }
}
