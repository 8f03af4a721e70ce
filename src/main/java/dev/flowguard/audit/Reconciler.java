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

    /** In one step, so that statuses are written in between; a fraction of a second. */
    static final long WORK = 32 * AuditTurns.SLICE;

    /** Learns of what was judged. */
    interface Listener {
        /** Some contract has been. */
        void audited(Audit audit);

        /**
         * All that is declared has been.
         *
         * @param took the time of judging since it was last so
         */
        default void completed(Duration took) {}
    }

    private final ClusterState state;
    private final ContractObjects contracts;
    private final StatusQueue queue;
    private final List<Listener> listeners;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Settling settling;

    private final AuditTurns turns;
    private Duration judging = Duration.ZERO;
    private long restUntil;

    /** A contract, and how it stood, when its status was compared with that. */
    private record Compared(SeenContract object, Audit.Judged judged) {
        boolean isStill(SeenContract nowObject, Audit.Judged nowJudged) {
            return nowJudged == judged && nowObject.equals(object);
        }
    }

    /** What the status was last compared with. */
    private final Map<ObjectRef, Compared> compared = new HashMap<>();

    private long generation = -1;
    private long taken = -1;
    private long changes = -1;

    /** A contract has changed in a way that does not show in the snapshot; still its status must name the generation judged. */
    private boolean outdated;

    Reconciler(
            ClusterState state,
            ContractObjects contracts,
            StatusQueue queue,
            AuditTurns turns,
            List<Listener> listeners,
            LongSupplier nanos,
            InstantSource clock) {
        this.state = state;
        this.contracts = contracts;
        this.queue = queue;
        this.listeners = List.copyOf(listeners);
        this.nanos = nanos;
        this.clock = clock;
        this.turns = turns;
        this.settling = new Settling(QUIET, LONGEST, nanos);
        this.restUntil = nanos.getAsLong();
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
            boolean isDue = settling.isDue();
            boolean isNewer = isDue && take(known, seen);
            boolean isJudged = judge();
            if (isDue || isJudged) {
                turns.audit().ifPresent(audit -> tell(audit, isNewer || isJudged, seen));
            }
            queue.write();
        });
    }

    private void notice(long newest, long changesNow) {
        generation = newest;
        changes = changesNow;
        settling.changed();
    }

    /** @return whether it is newer than what judgements rested on */
    private boolean take(Snapshot snapshot, Map<ObjectRef, SeenContract> seen) {
        settling.settled();
        boolean isNewer = taken != snapshot.generation() || outdated;
        if (isNewer) {
            turns.take(AuditMoment.of(snapshot, seen));
            taken = snapshot.generation();
            outdated = false;
        }
        return isNewer;
    }

    /** @return whether the judgement of a contract is complete */
    private boolean judge() {
        long start = nanos.getAsLong();
        if (turns.isDone() || start - restUntil < 0) {
            return false;
        }
        boolean news = turns.goOn(WORK);
        long end = nanos.getAsLong();
        // In a huge cluster that never is quiet, audits take half of one processor at most.
        restUntil = end + (end - start);
        judging = judging.plusNanos(end - start);
        if (turns.isDone()) {
            Duration took = judging;
            judging = Duration.ZERO;
            listeners.forEach(listener -> listener.completed(took));
        }
        return news;
    }

    private void tell(Audit audit, boolean isNews, Map<ObjectRef, SeenContract> seen) {
        if (isNews) {
            listeners.forEach(listener -> listener.audited(audit));
        }
        compare(audit, seen);
    }

    private void compare(Audit judged, Map<ObjectRef, SeenContract> seen) {
        StatusJudgement judgement = new StatusJudgement(judged.snapshot());
        Map<ObjectRef, Audit.Judged> resources = new HashMap<>();
        for (Audit.Told each : judged.told()) {
            ContractSource source = each.judged().contract().source();
            if (!source.isAnnotation()) {
                resources.put(source.object(), each.judged());
                @Nullable SeenContract object = seen.get(source.object());
                if (object != null) {
                    compare(each, queue.current(object), judgement);
                }
            }
        }
        queue.retain(resources.keySet());
        compared.keySet().retainAll(resources.keySet());
    }

    private void compare(Audit.Told told, SeenContract object, StatusJudgement judgement) {
        Audit.Judged judged = told.judged();
        @Nullable SeenContract basis = told.contracts().get(object.object());
        if (basis == null
                || basis.generation() != object.generation()
                || !basis.uid().equals(object.uid())) {
            outdated = outdated || !told.pending();
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
