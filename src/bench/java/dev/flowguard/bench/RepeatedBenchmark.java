package dev.flowguard.bench;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/** Goes round the changes that are prepared, and holds that each is answered the same every time. */
public abstract class RepeatedBenchmark {
    final Checksums sums = new Checksums();
    private int next;

    @TearDown(Level.Trial)
    public void print() {
        System.out.println("checksum of the changes met: " + sums.total());
    }

    int next() {
        next = (next + 1) % Workbench.CHANGES;
        return next;
    }
}
