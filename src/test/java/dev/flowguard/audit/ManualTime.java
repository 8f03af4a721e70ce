package dev.flowguard.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Time that passes only when a test says so. */
final class ManualTime implements LongSupplier, InstantSource {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Duration passed = Duration.ZERO;

    void passes(Duration time) {
        passed = passed.plus(time);
    }

    @Override
    public long getAsLong() {
        return passed.toNanos();
    }

    @Override
    public Instant instant() {
        return START.plus(passed);
    }
}
