package dev.flowguard.audit.api;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so much happen per second, and after a quiet time as much at once. For one thread. */
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final LongSupplier nanos;
    private double tokens;
    private long filled;

    /** @param nanos a time that only goes forward */
    public TokenBucket(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.tokens = perSecond;
        this.filled = nanos.getAsLong();
    }

    /** Whether one more may happen now. */
    public boolean take() {
        long now = nanos.getAsLong();
        tokens = Math.min(perSecond, tokens + (now - filled) * perSecond / NANOS_PER_SECOND);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
