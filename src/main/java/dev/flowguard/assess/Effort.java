package dev.flowguard.assess;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long judging may go on. Asked for each pair, by one thread; the clock is looked at now and then only, for that costs as much as a
 * verdict does.
 */
public final class Effort {
    private static final int LOOK_EVERY = 32;

    /** Half of what is left is for the first judgement, half of the rest for the next, with what has been read since. */
    private static final int PARTS = 2;

    private final LongSupplier nanoTime;
    private final long end;
    private final boolean endless;

    /** Of which this is a part, or this. */
    private final Effort whole;

    private int asked;
    private boolean over;

    private Effort(LongSupplier nanoTime, long end, boolean endless, @Nullable Effort whole) {
        this.whole = whole == null ? this : whole;
        this.nanoTime = nanoTime;
        this.end = end;
        this.endless = endless;
    }

    public static Effort unlimited() {
        return new Effort(System::nanoTime, 0, true, null);
    }

    /** Whether it has no end. */
    public boolean isUnlimited() {
        return endless;
    }

    /** From now on. */
    public static Effort ofNanos(long nanos) {
        return ofNanos(nanos, System::nanoTime);
    }

    static Effort ofNanos(long nanos, LongSupplier nanoTime) {
        return new Effort(nanoTime, nanoTime.getAsLong() + nanos, false, null);
    }

    /** For one judgement, if another may follow. */
    public Effort part() {
        long now = nanoTime.getAsLong();
        return new Effort(nanoTime, now + Math.max(0, end - now) / PARTS, endless, whole);
    }

    /** All of it, where this is a part: for what is done beside judging. */
    public Effort whole() {
        return whole;
    }

    /** From then on always. */
    public boolean isOver() {
        return over || (asked++ % LOOK_EVERY == 0 && isOverNow());
    }

    /** As {@link #isOver()}, by the clock: for whatever takes much longer than a verdict. */
    public boolean isOverNow() {
        if (!over && !endless) {
            over = nanoTime.getAsLong() - end >= 0;
        }
        return over;
    }
}
