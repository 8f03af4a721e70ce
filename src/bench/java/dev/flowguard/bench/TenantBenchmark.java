package dev.flowguard.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A tenant who declares as much as it can: a thousand workloads, two thousand flows to every pod of the small cluster. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@SuppressWarnings("NullAway.Init")
public class TenantBenchmark {
    /** Of Calico, beside it. */
    @Param({"0", "2000"})
    public int policies = 0;

    private TenantWorkbench bench;
    private final Checksums sums = new Checksums();

    @Setup(Level.Trial)
    public void generate() {
        bench = new TenantWorkbench(Shape.SMALL, policies, EngineBenchmark.SEED);
    }

    @Benchmark
    public long tenantAudit() {
        return sums.same(0, bench.audit());
    }

    @Benchmark
    public long tenantDenyAll() {
        return sums.same(1, bench.assessDenyAll());
    }
}
