package dev.flowguard.admission.rehearsal;

import static dev.flowguard.testing.Given.namespace;
import static dev.flowguard.testing.Given.pods;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.Requests;
import dev.flowguard.admission.ReviewMapping;
import dev.flowguard.admission.decision.PolicyReview;
import dev.flowguard.admission.declaration.DeclarationMapping;
import dev.flowguard.admission.declaration.DeclarationReview;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.admission.http.ValidateResource;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.health.ReadinessCondition;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica rehearses before it is ready")
class RehearsalTest {
    private final List<ReadinessCondition> conditions = new ArrayList<>();
    private final OwnReviews own = new OwnReviews();
    private final InMemoryCluster cluster = new InMemoryCluster(
            ClusterSettings.DEFAULT,
            Stream.of(namespace("shop", ""), pods("shop", "app=checkout"))
                    .flatMap(part -> part.observations().stream())
                    .toList());

    @Test
    @DisplayName("ready is it when the reviews have been answered, not before")
    void ready() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        Rehearsal rehearsal = begun((review, patience) -> answers.await());
        assertThat(rehearsal.state().holds()).isFalse();

        answers.countDown();
        rehearsal.await();

        assertThat(rehearsal.state().holds()).isTrue();
    }

    @Test
    @DisplayName("a rehearsal that fails keeps nobody from being ready")
    void failure() throws Exception {
        Rehearsal rehearsal = begun((review, patience) -> {
            throw new IOException("nobody there");
        });
        rehearsal.await();

        assertThat(rehearsal.state().holds()).isTrue();
    }

    @Test
    @DisplayName("it does not begin while something else is missing, and nobody waits for it then")
    void missing() throws Exception {
        conditions.add(new Missing());
        Rehearsal rehearsal = begun((review, patience) -> {});
        rehearsal.await();

        assertThat(rehearsal.state().holds()).isFalse();
    }

    @Test
    @DisplayName("it is not over before a review was judged, however many were answered without a verdict")
    void judged() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Rehearsal rehearsal = begun(new RehearsalRounds.Audience() {
            @Override
            public void answer(RehearsedReview review, Duration patience) {}

            @Override
            public boolean judges(RehearsedReview review) {
                return asked.incrementAndGet() > 3;
            }
        });
        rehearsal.await();

        assertThat(rehearsal.state().holds()).isTrue();
        assertThat(asked).hasValue(4);
    }

    @Test
    @DisplayName("it asks for dry runs of each operation at both webhooks, all of which can be read and are its own")
    void reviews() {
        ReviewReader reader = new ReviewReader(Requests.LIMIT);
        ReviewMapping mapping = new ReviewMapping(ref -> Optional.empty());

        List<RehearsedReview> reviews = RehearsedReview.all(cluster.snapshot(), own.uid());

        assertThat(reviews).hasSize(6).allSatisfy(review -> {
            AdmissionRequest request = reader.read(review.body());
            assertThat(own.include(request)).isTrue();
            assertThat(request.getDryRun()).isTrue();
            boolean understood = review.path().equals(ValidateResource.PATH)
                    ? mapping.map(request).subject() instanceof PolicyReview.Changed
                    : !(DeclarationMapping.map(request).subject() instanceof DeclarationReview.Refused);
            assertThat(understood).as(review.json()).isTrue();
        });
    }

    private Rehearsal begun(RehearsalRounds.Audience webhook) {
        Rehearsal rehearsal = new Rehearsal(conditions, cluster, own, webhook);
        rehearsal.begin(new HttpsServerStart(new HttpServerOptions()));
        return rehearsal;
    }

    private static final class Missing implements ReadinessCondition {
        @Override
        public String name() {
            return "cluster";
        }

        @Override
        public State state() {
            return State.unmet("not known");
        }
    }
}
