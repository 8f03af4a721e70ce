package dev.flowguard.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowguard.admission.http.ReviewOutline;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final BlockingQueue<OpenReview> late = new LinkedBlockingQueue<>();
    private final Deadlines deadlines = new Deadlines(Duration.ofMillis(20), late::add);

    @Test
    @DisplayName("each review that is still open is told of when its time is over, those that are answered are not")
    void whoeverIsStillOpen() throws Exception {
        OpenReview first = watched();
        OpenReview answered = watched();
        OpenReview last = watched();
        answered.fail(new IllegalStateException("answered"));

        assertThat(late.poll(10, TimeUnit.SECONDS)).isSameAs(first);
        assertThat(late.poll(10, TimeUnit.SECONDS)).isSameAs(last);
        assertThat(late).isEmpty();
    }

    @Test
    @DisplayName("a review that comes when nobody was left to wait for is watched as well")
    void afterAPause() throws Exception {
        OpenReview first = watched();
        assertThat(late.poll(10, TimeUnit.SECONDS)).isSameAs(first);

        OpenReview second = watched();
        assertThat(late.poll(10, TimeUnit.SECONDS)).isSameAs(second);
    }

    private OpenReview watched() {
        OpenReview review = new OpenReview(
                new byte[0], new ReviewOutline(Requests.request(), 0, ""), new CompletableFuture<AdmissionReview>());
        deadlines.watch(review);
        return review;
    }
}
