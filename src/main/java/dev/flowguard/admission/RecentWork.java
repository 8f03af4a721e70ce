package dev.flowguard.admission;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How much work each namespace made lately: what lies a while back counts half, and twice as long back a quarter. Not for several threads. */
final class RecentWork {
    private static final long HALF = Duration.ofSeconds(10).toNanos();

    /** About a fourteenth of a processor, if it goes on like that. */
    private static final long MUCH = Duration.ofSeconds(1).toNanos();

    /** Beyond, those are forgotten that made next to none. */
    private static final int MANY = 1_000;

    /** Work of so many nanoseconds, as it counts at that time. */
    private record Work(double nanos, long at) {
        double now(long time) {
            return nanos * Math.pow(0.5, (double) (time - at) / HALF);
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Work> byNamespace = new HashMap<>();

    RecentWork(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void add(String namespace, long nanos) {
        long now = nanoTime.getAsLong();
        byNamespace.merge(
                namespace, new Work(nanos, now), (earlier, latest) -> new Work(earlier.now(now) + nanos, now));
        if (byNamespace.size() > MANY) {
            byNamespace.values().removeIf(work -> work.now(now) < MUCH / 100.0);
        }
    }

    boolean isMuch(String namespace) {
        Work work = byNamespace.get(namespace);
        return work != null && work.now(nanoTime.getAsLong()) > MUCH;
    }
}
