package dev.flowguard.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Gets every review answered in time. A review is read and judged on a worker thread, one change of thread in all; if the deadline,
 * counted from the arrival, comes first, then the answer is that there is no verdict, and what the worker finds later is dropped.
 */
final class ReviewDesk {
    private static final Logger LOG = Logger.getLogger(ReviewDesk.class);

    private final ReviewReader reader;
    private final ReviewHandler handler;
    private final Unjudged unjudged;
    private final Duration deadline;
    private final Executor workers;

    ReviewDesk(ReviewReader reader, ReviewHandler handler, Unjudged unjudged, Duration deadline, Executor workers) {
        this.reader = reader;
        this.handler = handler;
        this.unjudged = unjudged;
        this.deadline = deadline;
        this.workers = workers;
    }

    /** @return the answer; or, as a failure, a {@link BadReview} that says why the body has none */
    CompletionStage<AdmissionReview> review(byte[] body) {
        long arrival = System.nanoTime();
        CompletableFuture<AdmissionReview> answer = new CompletableFuture<>();
        workers.execute(() -> review(body, arrival, answer));
        return answer;
    }

    private void review(byte[] body, long arrival, CompletableFuture<AdmissionReview> answer) {
        try {
            AdmissionRequest request = reader.read(body);
            CompletableFuture<AdmissionResponse> verdict = new CompletableFuture<>();
            verdict.orTimeout(arrival + deadline.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .exceptionally(timeout -> late(request))
                    .thenAccept(response -> answer.complete(reply(request, response)));
            verdict.complete(handler.handle(request));
        } catch (Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }

    private AdmissionResponse late(AdmissionRequest request) {
        LOG.warnf("No verdict within %d ms on request %s", deadline.toMillis(), request.getUid());
        return unjudged.late(deadline, request);
    }

    private static AdmissionReview reply(AdmissionRequest request, AdmissionResponse response) {
        response.setUid(request.getUid());
        return new AdmissionReviewBuilder().withResponse(response).build();
    }
}
