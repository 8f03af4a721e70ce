package dev.flowguard.bench;

import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.contract.ImpliedLevels;
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

/** The engine alone: no JSON, no HTTP. Each sample is one operation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@SuppressWarnings("NullAway.Init")
public class EngineBenchmark extends RepeatedBenchmark {
    static final long SEED = 1;

    @Param({"small", "large"})
    public String shape = "small";

    /** Whether what the cluster's objects imply is judged, {@code on} or {@code off}. */
    @Param("on")
    public String implied = "on";

    private Workbench bench;

    @Setup(Level.Trial)
    public void generate() {
        GeneratedCluster.describe(Shape.named(shape), SEED, System.out::println);
        bench = new Workbench(
                new GeneratedCluster(Shape.named(shape), SEED),
                ClusterSettings.DEFAULT.withImplied(implied.equals("on") ? ImpliedLevels.USUAL : ImpliedLevels.NONE));
    }

    @Benchmark
    public long compile() {
        int which = next();
        return sums.same(which, bench.compile(which));
    }

    @Benchmark
    public long assessNoOp() {
        int which = next();
        return sums.same(which, bench.assessNoOp(which));
    }

    @Benchmark
    public long assessUpdate() {
        int which = next();
        return sums.same(which, bench.assessUpdate(which));
    }

    @Benchmark
    public long assessDelete() {
        int which = next();
        return sums.same(which, bench.assessDelete(which));
    }

    @Benchmark
    public long assessDenyAll() {
        int which = next();
        return sums.same(which, bench.assessDenyAll(which));
    }

    @Benchmark
    public long assessDenyAllInTheGiant() {
        return sums.same(0, bench.assessDenyAllInTheGiant());
    }

    @Benchmark
    public long assessDenyAllInKubeSystem() {
        return sums.same(0, bench.assessDenyAllInKubeSystem());
    }

    @Benchmark
    public long audit() {
        return sums.same(0, bench.audit());
    }

    @Benchmark
    public long everythingTwice() {
        return sums.same(0, bench.everythingTwice());
    }

    @Benchmark
    public long rebuild() {
        return sums.same(0, bench.rebuild());
    }

    @Benchmark
    public long applyKnownPod() {
        return sums.same(0, bench.applyKnownPod());
    }

    @Benchmark
    public long applyNewWorkload() {
        return sums.same(0, bench.applyNewWorkload());
    }

    @Benchmark
    public long applyRelabelling() {
        return sums.same(0, bench.applyRelabelling());
    }
}
