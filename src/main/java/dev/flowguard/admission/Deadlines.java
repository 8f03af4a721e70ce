package dev.flowguard.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells of each review that is still open when its time is over. All have the same time, so they end in the order in which they came,
 * and one look at the eldest is enough for all: a timer of its own for each would wake a thread for each, which is no small
 * part of the work that a review takes.
 */
final class Deadlines {
    private record Watched(OpenReview review, long until) {
        boolean isOver(long now) {
            return until - now <= 0;
        }
    }

    private final long nanos;
    private final Consumer<OpenReview> late;
    private final Queue<Watched> eldestFirst = new ArrayDeque<>();
    private boolean lookIsDue;

    /** @param late what to do with a review whose time is over */
    Deadlines(Duration time, Consumer<OpenReview> late) {
        this.nanos = time.toNanos();
        this.late = late;
    }

    /** From now on. */
    synchronized void watch(OpenReview review) {
        forgetAnswered();
        eldestFirst.add(new Watched(review, System.nanoTime() + nanos));
        lookIfNeeded();
    }

    private void forgetAnswered() {
        while (!eldestFirst.isEmpty() && !eldestFirst.element().review().isOpen()) {
            eldestFirst.remove();
        }
    }

    private void lookIfNeeded() {
        if (!lookIsDue && !eldestFirst.isEmpty()) {
            lookIsDue = true;
            long wait = eldestFirst.element().until() - System.nanoTime();
            CompletableFuture.delayedExecutor(Math.max(0, wait), TimeUnit.NANOSECONDS)
                    .execute(this::look);
        }
    }

    private void look() {
        over().forEach(late);
    }

    private synchronized List<OpenReview> over() {
        List<OpenReview> over = new ArrayList<>();
        long now = System.nanoTime();
        forgetAnswered();
        while (!eldestFirst.isEmpty() && eldestFirst.element().isOver(now)) {
            over.add(eldestFirst.remove().review());
            forgetAnswered();
        }
        lookIsDue = false;
        lookIfNeeded();
        return over;
    }
}
