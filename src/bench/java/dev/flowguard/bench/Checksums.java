package dev.flowguard.bench;

/** Watches that an operation says the same each time: a verdict that differs from the one before makes the figures worthless. */
final class Checksums {
    private final long[] sums = new long[Workbench.CHANGES];

    /** @return the sum, for the benchmark to return */
    long same(int which, long sum) {
        if (sums[which] != 0 && sums[which] != sum) {
            throw new IllegalStateException("change " + which + " was judged differently before");
        }
        sums[which] = sum;
        return sum;
    }

    /** Of all that was met. */
    String total() {
        long total = 0;
        for (long each : sums) {
            total = 31 * total + each;
        }
        return Long.toHexString(total);
    }
}
