package dev.flowguard.feed.live;

import java.time.Duration;

/** Time that only goes forward, for measuring how long something has been so. */
@FunctionalInterface
interface Ticker {
    Ticker SYSTEM = System::nanoTime;

    /** Of no meaning but by its difference to another. */
    long nanos();

    default Duration since(long moment) {
        return Duration.ofNanos(Math.max(0, nanos() - moment));
    }
}
