package dev.flowguard.admission.rehearsal;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Sends reviews round after round, until a whole round is answered quickly or time is up. */
final class RehearsalRounds {
    /** Nobody waits longer than this for a replica that is otherwise ready. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    static final int MOST_ROUNDS = 10;

    /** What answers in that time has little left to load, even on a busy machine; the API server logs what takes ten times as long. */
    static final Duration QUICK = Duration.ofMillis(50);

    private final LongSupplier nanoTime;
    private final long begin;
    private int answered;

    RehearsalRounds(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** @return how many were answered */
    int play(List<RehearsedReview> reviews, Audience audience) throws Exception {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Duration slowest = Duration.ZERO;
            for (RehearsedReview review : reviews) {
                if (left().isNegative()) {
                    return answered;
                }
                Duration took = took(review, audience);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
            if (slowest.compareTo(QUICK) <= 0) {
                return answered;
            }
        }
        return answered;
    }

    private Duration took(RehearsedReview review, Audience audience) throws Exception {
        long sent = nanoTime.getAsLong();
        audience.answer(review, left());
        answered++;
        return Duration.ofNanos(nanoTime.getAsLong() - sent);
    }

    private Duration left() {
        return LIMIT.minusNanos(nanoTime.getAsLong() - begin);
    }

    /** Whoever answers reviews. */
    interface Audience {
        /** Returns when the review has been answered, or throws when that takes longer than the patience. */
        void answer(RehearsedReview review, Duration patience) throws Exception;

        /** Whether that review is answered with a verdict, and not only that there was none in time. */
        default boolean judges(RehearsedReview review) throws Exception {
            return true;
        }

        /** All that was asked belongs into no statistics. */
        default void forget() {}
    }
}
