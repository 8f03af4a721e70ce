package dev.flowguard.bench;

import static dev.flowguard.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.feed.live.LiveCluster;
import dev.flowguard.kubernetes.ObjectReader;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The server that feeds are measured with tells what was generated, and its storm arrives. */
class CannedApiServerTest {
    private static final long SEED = 1;
    private static final int GALE = 500;

    private final GeneratedCluster generated = new GeneratedCluster(Shape.TINY, SEED);
    private final CannedCluster canned = new CannedCluster(generated);
    private final CannedApiServer server = new CannedApiServer(canned, SEED, 0);
    private final Config config = new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url())
            .withRequestRetryBackoffLimit(0)
            .build();
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(config).build();
    private final LiveCluster cluster =
            LiveCluster.follow(client, ClusterSettings.DEFAULT, Duration.ofMinutes(1), Duration.ofSeconds(1));

    @BeforeEach
    void followed() {
        soon(() -> assertThat(cluster.known()).isPresent());
    }

    @AfterEach
    void stop() {
        cluster.close();
        client.close();
        server.close();
    }

    @Test
    @DisplayName("a cluster that is followed there is the cluster that was generated")
    void same() {
        Stream<ObjectNode> objects = Stream.concat(generated.objects().stream(), ProbedFlow.objects().stream());
        Snapshot expected = new ClusterModel(ClusterSettings.DEFAULT)
                .apply(objects.map(CannedApiServerTest::read).toList());

        assertThat(described(snapshot())).isEqualTo(described(expected));
    }

    @Test
    @DisplayName("a storm changes pods and makes workloads, all of which are seen")
    void storm() {
        server.storm(GALE);

        soon(() -> assertThat(snapshot().namespaces())
                .flatExtracting(shard -> shard.workloads())
                .anyMatch(workload -> workload.name().startsWith("storm-new-")));
        server.storm(0);
        soon(() -> assertThat(snapshot().namespaces().stream()
                        .flatMap(shard -> shard.workloads().stream())
                        .mapToInt(workload -> workload.livePods())
                        .sum())
                .isEqualTo(canned.keys(CannedCluster.PODS).size()));
    }

    private Snapshot snapshot() {
        return cluster.known().orElseThrow().snapshot();
    }

    /** All that verdicts are made of, for people to compare. */
    private static List<String> described(Snapshot snapshot) {
        return snapshot.namespaces().stream()
                .map(shard -> shard.entry() + "\n"
                        + shard.workloads().stream()
                                .map(workload -> workload + " " + workload.labels() + workload.ports()
                                        + workload.addresses() + workload.livePods())
                                .toList()
                        + shard.services() + shard.policies() + shard.contracts())
                .toList();
    }

    private static Observation read(ObjectNode object) {
        return ObjectReader.read(object)
                .<Optional<Observation>>match(
                        observed -> Optional.of(observed.observation()),
                        refused -> Optional.empty(),
                        notRead -> Optional.empty())
                .orElseThrow();
    }

    private static void soon(ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(holds);
    }
}
