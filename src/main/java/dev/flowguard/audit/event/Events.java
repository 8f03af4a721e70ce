package dev.flowguard.audit.event;

import dev.flowguard.audit.api.TokenBucket;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells announcements as Events: at a bounded rate, and the same again as one Event that counts. Whoever announces never waits; where
 * there is more to tell than can be told, the oldest is left out and counted. Each {@link #step()} is called by one thread.
 */
public final class Events implements Consumer<Announcement> {
    /** What waits: enough for a bad change in a large cluster. */
    private static final int MOST_WAITING = 1_000;

    /** Of those that may be about nothing: however many somebody invents, the others are told. */
    private static final int MOST_UNPROVEN = 200;

    private static final int MOST_REMEMBERED = 2_000;

    /** After that the API server has usually forgotten an Event. */
    private static final Duration MEMORY = Duration.ofMinutes(50);

    /** How long to wait for an object that is about to be made. */
    private static final Duration FOR_ITS_OBJECT = Duration.ofSeconds(1);

    private static final int MOST_TRIES = 5;
    private static final Logger LOG = Logger.getLogger(Events.class);

    private record Subject(ObjectRef regarding, String reason, String about) {
        static Subject of(Announcement announcement) {
            return new Subject(announcement.regarding(), announcement.reason(), announcement.about());
        }
    }

    private record Told(String event, int count, Instant last) {}

    private record Waiting(Announcement announcement, int tries, long notBefore) {
        boolean isUnproven() {
            return announcement.proof() != Proof.NONE_NEEDED;
        }
    }

    private final EventStore store;
    private final TokenBucket rate;
    private final Consumer<EventOutcome> count;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Map<Subject, Told> told = new LinkedHashMap<>();

    /** The outcome that was last complained of; none while Events are written. */
    private Optional<EventOutcome> said = Optional.empty();

    /** @param count counts the outcomes */
    public Events(
            EventStore store, TokenBucket rate, Consumer<EventOutcome> count, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.rate = rate;
        this.count = count;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public void accept(Announcement announcement) {
        enqueue(new Waiting(announcement, 0, nanos.getAsLong()));
    }

    private void enqueue(Waiting next) {
        synchronized (waiting) {
            if (next.isUnproven()
                    && waiting.stream().filter(Waiting::isUnproven).count() >= MOST_UNPROVEN) {
                count.accept(EventOutcome.DROPPED);
                return;
            }
            if (waiting.size() >= MOST_WAITING) {
                waiting.remove();
                count.accept(EventOutcome.DROPPED);
            }
            waiting.add(next);
        }
    }

    /** Tells what may be told now. */
    public void step() {
        for (Waiting next : due()) {
            tell(next);
        }
    }

    private List<Waiting> due() {
        long now = nanos.getAsLong();
        List<Waiting> due = new ArrayList<>();
        synchronized (waiting) {
            for (var each = waiting.iterator(); each.hasNext(); ) {
                Waiting next = each.next();
                if (now - next.notBefore() >= 0) {
                    if (!rate.take()) {
                        return due;
                    }
                    due.add(next);
                    each.remove();
                }
            }
        }
        return due;
    }

    private void tell(Waiting next) {
        Announcement announcement = next.announcement();
        EventStore.Looked object = store.look(announcement.regarding());
        Proof.Result result = announcement.proof().by(object);
        if (result == Proof.Result.WAIT && next.tries() < MOST_TRIES) {
            enqueue(new Waiting(announcement, next.tries() + 1, nanos.getAsLong() + FOR_ITS_OBJECT.toNanos()));
        }
        if (result != Proof.Result.TELL) {
            return;
        }
        try {
            tell(announcement, object.uid());
            count.accept(EventOutcome.WRITTEN);
            said = Optional.empty();
        } catch (EventStore.NotWritten problem) {
            count.accept(problem.outcome());
            say(problem);
        }
    }

    private void tell(Announcement announcement, String uid) throws EventStore.NotWritten {
        Instant now = clock.instant();
        Subject subject = Subject.of(announcement);
        @Nullable Told before = told.remove(subject);
        if (before != null
                && before.last().plus(MEMORY).isAfter(now)
                && store.repeat(
                        announcement.regarding(), before.event(), before.count() + 1, announcement.message(), now)) {
            told.put(subject, new Told(before.event(), before.count() + 1, now));
        } else {
            told.put(subject, new Told(store.create(announcement, uid, now), 1, now));
        }
        if (told.size() > MOST_REMEMBERED) {
            told.remove(told.keySet().iterator().next());
        }
    }

    private void say(EventStore.NotWritten problem) {
        Optional<EventOutcome> outcome = Optional.of(problem.outcome());
        if (problem.outcome() != EventOutcome.DROPPED && !outcome.equals(said)) {
            LOG.warnf("Events cannot be written: %s", problem.getMessage());
            said = outcome;
        }
    }
}
