package dev.flowguard.feed.live;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Time that only goes forward, for measuring how long something has been so. */
@FunctionalInterface
interface Ticker {
    Ticker SYSTEM = System::nanoTime;

    /** Of no meaning but by its difference to another. */
    long nanos();

    default Duration since(long moment) {
        return Duration.ofNanos(Math.max(0, nanos() - moment));
    }

    /** The time of day, for people. */
    default Instant now() {
        return Instant.now();
    }

    /** Takes the next of a queue, and waits for it at most until that moment; null where none has come. */
    default <T> @Nullable T poll(BlockingQueue<T> queue, long until) throws InterruptedException {
        return queue.poll(until - nanos(), TimeUnit.NANOSECONDS);
    }
}
