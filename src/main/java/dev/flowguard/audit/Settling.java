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

    /**
     * @param quiet after the last change
     * @param longest after the first, whatever comes
     * @param nanos a time that only goes forward
     */
    Settling(Duration quiet, Duration longest, LongSupplier nanos) {
        this.quiet = quiet;
        this.longest = longest;
        this.nanos = nanos;
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
        return changed && (now - last >= quiet.toNanos() || now - first >= longest.toNanos());
    }

    /** The changes up to now have been acted on. */
    void settled() {
        changed = false;
    }
}
