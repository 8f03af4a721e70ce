package dev.flowguard.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** How long answers took. */
record Latencies(long[] nanos) {
    Latencies {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** The smallest time within which that part of all answers came. */
    Duration percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * nanos.length);
        return Duration.ofNanos(nanos[Math.max(0, rank - 1)]);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.2f ms (n = %d)",
                millis(50),
                millis(90),
                millis(99),
                millis(100),
                nanos.length);
    }

    private double millis(double percent) {
        return percentile(percent).toNanos() / 1e6;
    }
}
