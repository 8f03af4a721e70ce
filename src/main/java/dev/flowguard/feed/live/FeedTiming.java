package dev.flowguard.feed.live;

import java.time.Duration;

/**
 * How patient the feed is.
 *
 * @param patience how long the API server may be silent within a request
 * @param firstPause before a request that failed is made again; each failure after it doubles the pause
 * @param longestPause to which pauses grow
 * @param recheck how often a kind is asked for again that the cluster does not have or does not let us read
 * @param watch for how long a watch is asked for, at least; up to twice as long, so that they do not all end together
 * @param renewal after so long without a sign of life a watch is opened once more, which is the proof that all is known
 * @param silence after so long a watch that others have been opened beside is given up for the last of them: API servers send a bookmark
 *     about every minute, and the first one on a watch after up to two
 */
record FeedTiming(
        Duration patience,
        Duration firstPause,
        Duration longestPause,
        Duration recheck,
        Duration watch,
        Duration renewal,
        Duration silence) {
    private static final int PARTS = 3;
    private static final Duration COMEBACK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_RENEWAL = Duration.ofMillis(500);

    static final FeedTiming DEFAULT = new FeedTiming(
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(150));

    /** How long the opening of a watch beside another may take: two that fail fit between the renewal and the moment when it was due. */
    Duration opening() {
        return renewal.dividedBy(PARTS);
    }

    /** How often a kind of contracts that the cluster does not have is asked for: once it is there again, what it declares is in force. */
    Duration comeback() {
        return recheck.compareTo(COMEBACK) < 0 ? recheck : COMEBACK;
    }

    /** With proofs so often that what is known is never older than that while the API server answers. */
    FeedTiming provingWithin(Duration stalest) {
        Duration half = stalest.dividedBy(2);
        Duration often = half.compareTo(renewal) < 0 ? half : renewal;
        return new FeedTiming(
                patience,
                firstPause,
                longestPause,
                recheck,
                watch,
                often.compareTo(SHORTEST_RENEWAL) < 0 ? SHORTEST_RENEWAL : often,
                silence);
    }
}
