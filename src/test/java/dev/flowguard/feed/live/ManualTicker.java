package dev.flowguard.feed.live;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Time that passes when the test says so. */
final class ManualTicker implements Ticker {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** How often, in real time, it is looked whether the test has let time pass. */
    private static final long LOOK_MILLIS = 2;

    private final AtomicLong nanos = new AtomicLong();

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos());
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, long until) throws InterruptedException {
        T next = queue.poll();
        while (next == null && nanos() < until) {
            next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return next;
    }
}
