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
 * @param silence after which a watch is taken for dead, if the API server sends it bookmarks, which it does about every minute
 */
record FeedTiming(
        Duration patience,
        Duration firstPause,
        Duration longestPause,
        Duration recheck,
        Duration watch,
        Duration silence) {
    static final FeedTiming DEFAULT = new FeedTiming(
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(75));
}
