package dev.flowguard.admission.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may be held at once: without it, whoever reaches the port could fill the memory. */
public final class BodyBudget {
    /** Of the heap. An object that is read from a body takes several times its bytes, and judging needs room as well. */
    private static final int PART = 8;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** @param largest body that there may be: one is always taken */
    public static BodyBudget ofHeap(long largest) {
        return new BodyBudget(Math.max(largest, Runtime.getRuntime().maxMemory() / PART));
    }

    /** False, and nothing taken, where less than that is left. */
    public boolean take(long bytes) {
        long now = taken.addAndGet(bytes);
        if (now > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    public long left() {
        return most - taken.get();
    }
}
