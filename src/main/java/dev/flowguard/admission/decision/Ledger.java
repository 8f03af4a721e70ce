package dev.flowguard.admission.decision;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes that have been admitted here a moment ago and that what is known of the cluster does not show yet: they may be on their
 * way into it, or never come there because somebody else refuses them. Of each object only the last one counts. For any number of
 * threads; where nothing has been admitted lately it costs nothing.
 */
public final class Ledger {
    /** After that a change has landed and is seen, or it never will be: watches are behind by milliseconds. */
    static final Duration KEPT = Duration.ofSeconds(2);

    private static final int MOST = 10_000;

    private record Entry(Observation observation, long since) {}

    private final LongSupplier nanos;
    private final Map<ObjectRef, Entry> entries = new LinkedHashMap<>();
    private volatile long recorded;

    public Ledger() {
        this(System::nanoTime);
    }

    Ledger(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How much has been recorded up to now, for {@link #record(Observation, long)}. */
    long mark() {
        return recorded;
    }

    /** What may or may not be so by now: all that is recorded and that this state does not show. */
    List<Observation> pending(Snapshot known) {
        synchronized (entries) {
            if (entries.isEmpty()) {
                return List.of();
            }
            entries.values().removeIf(entry -> isOver(entry) || isShown(entry.observation(), known));
            return entries.values().stream().map(Entry::observation).toList();
        }
    }

    /** Whether a change of that object may be on its way. */
    public boolean awaits(ObjectRef object) {
        synchronized (entries) {
            return entries.containsKey(object);
        }
    }

    /** Whether that change may still be on its way: it has neither been shown nor has its time run out. */
    boolean awaits(Observation change) {
        synchronized (entries) {
            @Nullable Entry entry = entries.get(change.object());
            return entry != null && entry.observation().equals(change) && !isOver(entry);
        }
    }

    /**
     * Takes note that the object was seen like that, and that what is known of the cluster shows it, or something later: the change
     * that led there has landed, even if the object has changed or gone since and will never look like that again.
     */
    public void landed(Observation seen) {
        synchronized (entries) {
            entries.computeIfPresent(
                    seen.object(), (object, entry) -> entry.observation().equals(seen) ? null : entry);
        }
    }

    /** Whether the state is what it will be when that change has landed. */
    static boolean isShown(Observation change, Snapshot known) {
        return known.observed(change.object()).equals(change);
    }

    /** Takes note of a change that is admitted, whatever else is. One whose object the API server has yet to name is not known again. */
    public void record(Observation admitted) {
        if (admitted.object().name().isEmpty()) {
            return;
        }
        synchronized (entries) {
            entries.values().removeIf(this::isOver);
            entries.remove(admitted.object());
            if (entries.size() < MOST) {
                entries.put(admitted.object(), new Entry(admitted, nanos.getAsLong()));
            }
            recorded++;
        }
    }

    /**
     * As {@link #record(Observation)}, unless something else has been recorded since the mark, of which whoever judged did not know.
     *
     * @return whether it has been recorded
     */
    boolean record(Observation admitted, long mark) {
        synchronized (entries) {
            if (recorded != mark) {
                return false;
            }
            record(admitted);
            return true;
        }
    }

    private boolean isOver(Entry entry) {
        return nanos.getAsLong() - entry.since() >= KEPT.toNanos();
    }
}
