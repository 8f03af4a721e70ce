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

/** The engine alone, on 5 000 pods with 2 000 policies of Calico. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@SuppressWarnings("NullAway.Init")
public class CalicoBenchmark extends RepeatedBenchmark {
    private CalicoWorkbench bench;

    @Setup(Level.Trial)
    public void generate() {
        bench = new CalicoWorkbench(Shape.SMALL, CalicoWorkbench.POLICIES, EngineBenchmark.SEED);
    }

    @Benchmark
    public long calicoRebuild() {
        return sums.same(0, bench.rebuild());
    }

    @Benchmark
    public long calicoAssessUpdate() {
        int which = next();
        return sums.same(which, bench.assessUpdate(which));
    }

    @Benchmark
    public long calicoAssessDelete() {
        int which = next();
        return sums.same(which, bench.assessDelete(which));
    }

    @Benchmark
    public long calicoAssessNetworkSet() {
        return sums.same(0, bench.assessNetworkSet());
    }

    @Benchmark
    public long calicoApplyPolicy() {
        return sums.same(0, bench.applyPolicy());
    }

    @Benchmark
    public long calicoAudit() {
        return sums.same(0, bench.audit());
    }
}
