package dev.flowguard.admission.http;

/**
 * How much memory the reviews that are being judged may take together, in bytes of the heap. Heavy ones leave half of it to the others:
 * whoever sends nothing else must not keep small changes from being judged.
 */
public final class WeightBudget {
    /**
     * Measured, as read and mapped: 4 bytes for a null up to 142 for a block of Cilium, which is one token alone; 44 for the shortest ports,
     * 91 for empty rules. ParsedWeightTest weighs them all, and fails where one is heavier than this.
     */
    private static final int BYTES_OF_TOKEN = 160;

    /** Of the heap. The rest is for the cluster's state, and for bodies that wait. */
    private static final int PART = 3;

    private static final int HEAVY_PART = 8;

    private final long most;
    private long taken;
    private long takenByHeavy;

    public WeightBudget(long most) {
        this.most = most;
    }

    public static WeightBudget ofHeap() {
        return new WeightBudget(Runtime.getRuntime().maxMemory() / PART);
    }

    /** What a body with so many tokens will weigh when it has been read and mapped. */
    public static long weight(ReviewOutline outline, int bytes) {
        return bytes + outline.tokens() * BYTES_OF_TOKEN;
    }

    /** Whether there could ever be room for it. */
    public boolean couldTake(long weight) {
        return weight <= most;
    }

    /** False, and nothing taken, where there is no room now. */
    public synchronized boolean take(long weight) {
        boolean heavy = isHeavy(weight);
        if (taken + weight > most || (heavy && takenByHeavy > 0 && takenByHeavy + weight > most / 2)) {
            return false;
        }
        taken += weight;
        takenByHeavy += heavy ? weight : 0;
        return true;
    }

    public synchronized void giveBack(long weight) {
        taken -= weight;
        takenByHeavy -= isHeavy(weight) ? weight : 0;
    }

    private boolean isHeavy(long weight) {
        return weight > most / HEAVY_PART;
    }
}
