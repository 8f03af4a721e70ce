package dev.flowguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.audit.status.ContractObjects;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ImpliedLevels;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Manifests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the audit tells of flows that nobody declared, on a cluster without contracts, before and after a policy that cuts them. */
@DisplayName("The metrics of an audit count implied flows of kind")
class ImpliedFlowMetricsTest {
    private static final Path CASES = Path.of("src/test/resources/cases/outages");

    @ParameterizedTest(name = "{0}")
    @EnumSource(ImpliedKind.class)
    @DisplayName("by how they stand, and none where their level is Off:")
    void counted(ImpliedKind kind) {
        assertThat(series(kind, ImpliedLevels.USUAL, "cluster")).containsExactly("satisfied");
        assertThat(series(kind, ImpliedLevels.USUAL, "cluster", kind.id())).contains("broken");
        assertThat(series(kind, ImpliedLevels.parse(kind.id() + "=Deny"), "cluster", kind.id()))
                .contains("broken");
        assertThat(series(kind, ImpliedLevels.parse(kind.id() + "=Off"), "cluster", kind.id()))
                .isEmpty();
    }

    private static List<String> series(ImpliedKind kind, ImpliedLevels levels, String... files) {
        List<Observation> cluster = Stream.of(files)
                .flatMap(file -> Manifests.read(CASES.resolve(file + ".yaml"), false).observations().stream())
                .toList();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StandingMetrics metrics = new StandingMetrics(registry, ContractObjects.NONE, new ManualTime());
        metrics.audited(
                Audits.of(new InMemoryCluster(ClusterSettings.DEFAULT.withImplied(levels), cluster).snapshot()));
        return registry.find("flowguard.flows").tag("kind", kind.id()).tag("namespace", "*").gauges().stream()
                .map(gauge -> gauge.getId().getTag("state"))
                .toList();
    }
}
