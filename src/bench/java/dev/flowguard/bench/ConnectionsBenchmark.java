package dev.flowguard.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The list of connections, which people ask for and no review does: of one namespace at a time, in the small cluster. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@SuppressWarnings("NullAway.Init")
public class ConnectionsBenchmark {
    private final Checksums sums = new Checksums();
    private Workbench bench;
    private int next;

    @Setup(Level.Trial)
    public void generate() {
        bench = new Workbench(new GeneratedCluster(Shape.SMALL, EngineBenchmark.SEED));
    }

    @Benchmark
    public long connections() {
        next = (next + 1) % Workbench.CHANGES;
        return sums.same(next, bench.connections(next));
    }
}
