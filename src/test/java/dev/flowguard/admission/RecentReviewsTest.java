package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.assess.Effort;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequestBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The answers that were given lately")
class RecentReviewsTest {
    private final RecentReviews recent =
            new RecentReviews(Clock.fixed(Instant.parse("2030-01-02T03:04:05Z"), ZoneOffset.UTC));

    private static AdmissionRequest request(String name) {
        return new AdmissionRequestBuilder()
                .withNewKind("networking.k8s.io", "NetworkPolicy", "v1")
                .withNamespace("shop")
                .withName(name)
                .withOperation("UPDATE")
                .withNewUserInfo()
                .withUsername("ann")
                .endUserInfo()
                .build();
    }

    private static Answer refusal() {
        return new Answer(
                new AdmissionResponseBuilder()
                        .withAllowed(false)
                        .withAuditAnnotations(Map.of("reason", "breaks-flows"))
                        .withStatus(new StatusBuilder()
                                .withMessage("breaks 1 declared flow")
                                .build())
                        .build(),
                () -> {});
    }

    @Test
    @DisplayName("are told with who asked for what and what was answered")
    void told() {
        recent.remembering(request -> refusal())
                .handle(request("orders"))
                .whenGiven()
                .run();

        assertThat(recent.latest())
                .containsExactly(new RecentReviews.Given(
                        Instant.parse("2030-01-02T03:04:05Z"),
                        "ann",
                        "UPDATE",
                        "NetworkPolicy shop/orders",
                        false,
                        false,
                        "breaks-flows",
                        "breaks 1 declared flow",
                        List.of()));
        assertThat(recent.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("are only those that were given, and what follows from them is done")
    void given() {
        int[] done = {0};
        ReviewHandler handler =
                recent.remembering(request -> new Answer(refusal().response(), () -> done[0]++));

        Answer answer = handler.handle(request("orders"));
        assertThat(recent.latest()).isEmpty();
        answer.whenGiven().run();
        assertThat(recent.latest()).hasSize(1);
        assertThat(done[0]).isEqualTo(1);
        assertThat(recent.remembering(request -> Answer.NONE).handle(request("late"), Effort.unlimited()))
                .as("a missing verdict stays one")
                .isSameAs(Answer.NONE);
    }

    @Test
    @DisplayName("are a hundred at most, the newest first")
    void bounded() {
        ReviewHandler handler = recent.remembering(request -> refusal());
        for (int i = 1; i <= 250; i++) {
            handler.handle(request("policy-" + i)).whenGiven().run();
        }
        assertThat(recent.latest())
                .hasSize(100)
                .first()
                .extracting(RecentReviews.Given::object)
                .isEqualTo("NetworkPolicy shop/policy-250");
        assertThat(recent.count()).isEqualTo(250);
    }
}
