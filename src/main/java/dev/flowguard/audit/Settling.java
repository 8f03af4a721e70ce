package dev.flowguard.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When to act on changes that come in bursts: when they have been over for a while, but not too long after the first. For one thread. */
final class Settling {
    private final Duration quiet;
    private final Duration longest;
    private final LongSupplier nanos;
    private boolean changed;
    private long first;
    private long last;
    private long restUntil;

    /**
     * @param quiet after the last change
     * @param longest after the first, whatever comes
     * @param nanos a time that only goes forward
     */
    Settling(Duration quiet, Duration longest, LongSupplier nanos) {
        this.quiet = quiet;
        this.longest = longest;
        this.nanos = nanos;
        this.restUntil = nanos.getAsLong();
    }

    void changed() {
        last = nanos.getAsLong();
        if (!changed) {
            first = last;
            changed = true;
        }
    }

    boolean isDue() {
        long now = nanos.getAsLong();
        return changed && now - restUntil >= 0 && (now - last >= quiet.toNanos() || now - first >= longest.toNanos());
    }

    /** The changes up to now have been acted on; nothing is due before that time is over. */
    void settled(Duration rest) {
        changed = false;
        restUntil = nanos.getAsLong() + rest.toNanos();
    }
}
