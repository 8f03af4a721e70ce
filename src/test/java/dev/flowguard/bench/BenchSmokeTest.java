package dev.flowguard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the benchmarks measure works, and says the same each time. */
class BenchSmokeTest {
    private static final long SEED = 1;

    @Test
    @DisplayName("one seed makes one cluster, another one another")
    void seeds() {
        String hash = new GeneratedCluster(Shape.TINY, SEED).hash();

        assertThat(new GeneratedCluster(Shape.TINY, SEED).hash()).isEqualTo(hash);
        assertThat(new GeneratedCluster(Shape.TINY, SEED + 1).hash()).isNotEqualTo(hash);
    }

    @Test
    @DisplayName("a shape has about the size that it promises")
    void sizes() {
        GeneratedCluster small = new GeneratedCluster(Shape.SMALL, SEED);

        assertThat(small.counts().get("Pod")).isBetween(4_500, 5_500);
        assertThat(small.counts().get("NetworkPolicy")).isBetween(500, 1_000);
        assertThat(small.counts().get("FlowContract")).isEqualTo(299);
    }

    @Test
    @DisplayName("every operation gives the same verdicts again, and another workbench the same")
    void checksums() {
        Workbench bench = new Workbench(new GeneratedCluster(Shape.TINY, SEED));
        Workbench another = new Workbench(new GeneratedCluster(Shape.TINY, SEED));

        List<Long> first = results(bench);

        assertThat(results(bench)).isEqualTo(first);
        assertThat(results(another)).isEqualTo(first);
    }

    @Test
    @DisplayName("what is measured does something: changes break flows")
    void verdicts() {
        Workbench bench = new Workbench(new GeneratedCluster(Shape.TINY, SEED));

        assertThat(bench.broken()).isPositive();
    }

    @Test
    @DisplayName("the hostile tenant's flows are judged, and the same beside policies of Calico again")
    void tenant() {
        TenantWorkbench bench = new TenantWorkbench(Shape.TINY, 0, SEED);

        assertThat(bench.audit()).isEqualTo(bench.audit()).isNotZero();
        assertThat(bench.assessDenyAll()).isEqualTo(bench.assessDenyAll()).isNotZero();
    }

    private static List<Long> results(Workbench bench) {
        return List.<LongSupplier>of(
                        bench::rebuild,
                        () -> bench.compile(1),
                        () -> bench.assessNoOp(1),
                        () -> bench.connections(1),
                        () -> bench.assessUpdate(1),
                        () -> bench.assessDelete(1),
                        () -> bench.assessDenyAll(1),
                        bench::assessDenyAllInTheGiant,
                        bench::assessDenyAllInKubeSystem,
                        bench::audit,
                        bench::everythingTwice,
                        bench::applyKnownPod,
                        bench::applyNewWorkload,
                        bench::applyRelabelling)
                .stream()
                .map(LongSupplier::getAsLong)
                .toList();
    }
}
