package dev.flowguard.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
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
    private final Deadlines deadlines;
    private final Executor workers;
    private final Predicate<AdmissionRequest> own;

    /** @param own whether a review is this program's own, so that nothing follows from its answer */
    ReviewDesk(
            ReviewReader reader,
            ReviewHandler handler,
            Unjudged unjudged,
            Duration deadline,
            Executor workers,
            Predicate<AdmissionRequest> own) {
        this.reader = reader;
        this.handler = handler;
        this.unjudged = unjudged;
        this.deadline = deadline;
        this.deadlines = new Deadlines(deadline, this::late);
        this.workers = workers;
        this.own = own;
    }

    /** @return the answer; or, as a failure, a {@link BadReview} that says why the body has none */
    CompletionStage<AdmissionReview> review(byte[] body) {
        CompletableFuture<AdmissionReview> given = new CompletableFuture<>();
        OpenReview review = new OpenReview(body, given);
        deadlines.watch(review);
        workers.execute(() -> judge(review));
        return given;
    }

    /** A review that waited for a thread until it was answered is not judged any more: that only keeps others waiting. */
    private void judge(OpenReview review) {
        byte[] body = review.body();
        if (!review.isOpen()) {
            return;
        }
        try {
            AdmissionRequest request = reader.read(body);
            answer(review, request, handler.handle(request));
        } catch (Throwable failure) {
            review.fail(failure);
        }
    }

    /** Reads the body itself, as no worker may have come to it: an answer must repeat the uid. */
    private void late(OpenReview review) {
        byte[] body = review.body();
        if (!review.isOpen()) {
            return;
        }
        try {
            AdmissionRequest request = reader.read(body);
            LOG.warnf("No verdict within %d ms on request %s", deadline.toMillis(), request.getUid());
            answer(review, request, unjudged.late(deadline, request));
        } catch (Throwable failure) {
            review.fail(failure);
        }
    }

    private void answer(OpenReview review, AdmissionRequest request, Answer answer) {
        review.answer(request, own.test(request) ? answer.withoutConsequences() : answer);
    }
}
