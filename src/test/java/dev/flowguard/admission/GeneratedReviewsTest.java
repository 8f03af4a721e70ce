package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.DecisionProcess;
import dev.flowguard.admission.decision.DecisionSettings;
import dev.flowguard.admission.decision.FakeClusterState;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.bench.GeneratedCluster;
import dev.flowguard.bench.GeneratedReviews;
import dev.flowguard.bench.Shape;
import dev.flowguard.cluster.ClusterModel;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.kubernetes.ObjectReader;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the load test sends is what an API server could send, and makes Flowguard work. */
class GeneratedReviewsTest {
    private static final int COUNT = 1_000;
    private static final long SEED = 1;

    private final GeneratedCluster cluster = new GeneratedCluster(Shape.TINY, SEED);
    private final List<ObjectNode> reviews = new GeneratedReviews(cluster, SEED).draw(COUNT);

    @Test
    @DisplayName("no two reviews are alike, and each has a uid of its own")
    void different() {
        assertThat(reviews).doesNotHaveDuplicates().hasSize(COUNT);
        assertThat(reviews.stream().map(review -> review.at("/request/uid"))).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("one seed makes the same reviews each time, another one others")
    void seeds() {
        assertThat(new GeneratedReviews(cluster, SEED).draw(COUNT)).isEqualTo(reviews);
        assertThat(new GeneratedReviews(cluster, SEED + 1).draw(COUNT)).isNotEqualTo(reviews);
    }

    @Test
    @DisplayName("each is a dry run that can be read and judged; most are admitted, some refused")
    void judged() {
        DecisionProcess process = new DecisionProcess(FakeClusterState.knowing(snapshot()), DecisionSettings.DEFAULT);

        List<Decision> decisions = reviews.stream()
                .map(review ->
                        new ReviewReader(Requests.LIMIT).read(review.toString().getBytes(StandardCharsets.UTF_8)))
                .map(GeneratedReviewsTest::map)
                .map(process::decide)
                .toList();

        assertThat(decisions)
                .extracting(Decision::reason)
                .containsOnly("breaks-nothing", "breaks-flows", "spec-unchanged");
        assertThat(decisions).filteredOn(Decision::isRejection).hasSizeBetween(COUNT / 50, COUNT / 10);
    }

    private static PolicyReview map(AdmissionRequest request) {
        PolicyReview review = new ReviewMapping(policy -> Optional.empty()).map(request);
        assertThat(review.dryRun()).isTrue();
        return review;
    }

    private Snapshot snapshot() {
        return new ClusterModel(ClusterSettings.DEFAULT)
                .apply(cluster.objects().stream()
                        .map(object -> ObjectReader.read(object)
                                .match(
                                        observed -> observed.observation(),
                                        refused -> {
                                            throw new AssertionError(refused);
                                        },
                                        notRead -> {
                                            throw new AssertionError(notRead);
                                        }))
                        .toList());
    }
}
