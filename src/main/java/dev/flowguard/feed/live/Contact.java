package dev.flowguard.feed.live;

import dev.flowguard.audit.metrics.FeedState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How things stand between this replica and the API server about one kind of objects. Immutable. */
sealed interface Contact {
    /** Whether the API server has been heard about this kind, so that what is known of it is no guess. */
    default boolean isAnswered() {
        return state() != FeedState.LOADING;
    }

    /** Whether the kind's objects are known and kept up to date, or were until the contact broke. */
    default boolean isFollowed() {
        return state() == FeedState.FOLLOWED || state() == FeedState.OUT_OF_TOUCH;
    }

    /** Whether there are objects of the kind, or may be, that cannot be read. */
    default boolean isWithheld() {
        return false;
    }

    /** The time since what is known was last known to be true; zero where nothing is known. */
    default Duration age(Ticker ticker) {
        return Duration.ZERO;
    }

    /** A moment for people: {@code 2026-03-01T10:00:00Z (42 s)}. */
    private static String moment(long since, Ticker ticker) {
        Duration ago = ticker.since(since);
        return ticker.now().minus(ago).truncatedTo(ChronoUnit.SECONDS) + " (" + ago.toSeconds() + " s)";
    }

    /** The same in one word, for metrics. */
    FeedState state();

    /** What is wrong, for people; empty where nothing is. */
    Optional<String> trouble(Ticker ticker);

    /**
     * The first list is under way.
     *
     * @param since when it was first asked for
     */
    record Loading(long since, int soFar, String lastProblem) implements Contact {
        @Override
        public FeedState state() {
            return FeedState.LOADING;
        }

        @Override
        public Optional<String> trouble(Ticker ticker) {
            return Optional.of(
                    lastProblem.isEmpty()
                            ? "being listed, " + soFar + " so far"
                            : "could not be listed since " + moment(since, ticker) + ": " + lastProblem);
        }
    }

    /**
     * Changes come in as they happen.
     *
     * @param proved when that was last certain
     */
    record InTouch(long proved) implements Contact {
        @Override
        public Duration age(Ticker ticker) {
            return ticker.since(proved);
        }

        @Override
        public FeedState state() {
            return FeedState.FOLLOWED;
        }

        @Override
        public Optional<String> trouble(Ticker ticker) {
            return Optional.empty();
        }
    }

    /**
     * All was known, and changes since then are not.
     *
     * @param since when it was last certain that all is known
     */
    record Lost(long since, String why) implements Contact {
        @Override
        public Duration age(Ticker ticker) {
            return ticker.since(since);
        }

        @Override
        public FeedState state() {
            return FeedState.OUT_OF_TOUCH;
        }

        @Override
        public Optional<String> trouble(Ticker ticker) {
            return Optional.of("out of touch since " + moment(since, ticker) + ": " + why);
        }
    }

    /**
     * The cluster has no such kind, or does not let us read it.
     *
     * @param loss what is not known or not possible because of that
     * @param isThere whether the cluster has it
     */
    record Unavailable(String why, String loss, boolean isThere) implements Contact {
        @Override
        public boolean isWithheld() {
            return isThere;
        }

        @Override
        public FeedState state() {
            return FeedState.UNAVAILABLE;
        }

        @Override
        public Optional<String> trouble(Ticker ticker) {
            return Optional.of(why + " (" + loss + ")");
        }
    }
}
