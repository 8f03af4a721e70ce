package dev.flowguard.feed.live;

import dev.flowguard.audit.FeedState;
import java.time.Duration;
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

    /** The same in one word, for metrics. */
    FeedState state();

    /** What is wrong, for people; empty where nothing is. */
    Optional<String> trouble(Ticker ticker);

    /** The first list is under way. */
    record Loading(int soFar, String lastProblem) implements Contact {
        @Override
        public FeedState state() {
            return FeedState.LOADING;
        }

        @Override
        public Optional<String> trouble(Ticker ticker) {
            return Optional.of(
                    lastProblem.isEmpty() ? "being listed, " + soFar + " so far" : "not listed yet: " + lastProblem);
        }
    }

    /** Changes come in as they happen. */
    record InTouch() implements Contact {
        @Override
        public FeedState state() {
            return FeedState.FOLLOWED;
        }

        @Override
        public Optional<String> trouble(Ticker ticker) {
            return Optional.empty();
        }
    }

    /** All was known, and changes since then are not. */
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
            return Optional.of("out of touch for " + age(ticker).toSeconds() + " s: " + why);
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
