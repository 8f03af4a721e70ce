package dev.flowguard.admission;

import dev.flowguard.admission.http.BadReview;
import dev.flowguard.admission.http.ReviewReader;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Gets every review answered in time. A review is read and judged on a worker thread, one change of thread in all; if the deadline,
 * counted from the arrival, comes first, then the answer is that there is no verdict, and what the worker finds later is dropped. One
 * whose turn comes so late that a verdict would hardly be in time is not begun.
 */
public final class ReviewDesk {
    private static final Logger LOG = Logger.getLogger(ReviewDesk.class);

    /** Of the deadline, the part for which a review may wait for its turn. */
    private static final int PART_OF_WAIT = 2;

    private final ReviewReader reader;
    private final ReviewHandler handler;
    private final Unjudged unjudged;
    private final Duration deadline;
    private final Deadlines deadlines;
    private final Executor workers;
    private final Predicate<AdmissionRequest> own;
    private final LongSupplier nanoTime;

    /**
     * @param workers judge, each in its turn
     * @param own whether a review is this program's own, so that nothing follows from its answer
     */
    ReviewDesk(
            ReviewReader reader,
            ReviewHandler handler,
            Unjudged unjudged,
            Duration deadline,
            Executor workers,
            Predicate<AdmissionRequest> own) {
        this(reader, handler, unjudged, deadline, workers, own, System::nanoTime);
    }

    ReviewDesk(
            ReviewReader reader,
            ReviewHandler handler,
            Unjudged unjudged,
            Duration deadline,
            Executor workers,
            Predicate<AdmissionRequest> own,
            LongSupplier nanoTime) {
        this.reader = reader;
        this.handler = handler;
        this.unjudged = unjudged;
        this.deadline = deadline;
        this.deadlines = new Deadlines(deadline, this::late);
        this.workers = workers;
        this.own = own;
        this.nanoTime = nanoTime;
    }

    /** @return the answer; or, as a failure, a {@link BadReview} that says why the body has none */
    public CompletionStage<AdmissionReview> review(byte[] body) {
        CompletableFuture<AdmissionReview> given = new CompletableFuture<>();
        OpenReview review = new OpenReview(body, given);
        deadlines.watch(review);
        long start = nanoTime.getAsLong();
        workers.execute(() -> judge(review, start));
        return given;
    }

    /** A review that waited for its turn until it was answered is not judged any more: that only keeps others waiting. */
    private void judge(OpenReview review, long start) {
        boolean isLate = nanoTime.getAsLong() - start >= deadline.toNanos() / PART_OF_WAIT;
        review.begin();
        answer(review, request -> isLate ? overloaded(request) : handler.handle(request));
    }

    /** Reads the body itself, as no worker may have come to it: an answer must repeat the uid. */
    private void late(OpenReview review) {
        answer(review, request -> review.hasBegun() ? late(request) : overloaded(request));
    }

    private Answer late(AdmissionRequest request) {
        LOG.warnf("No verdict within %d ms on request %s", deadline.toMillis(), request.getUid());
        return unjudged.late(deadline, request);
    }

    private Answer overloaded(AdmissionRequest request) {
        LOG.warnf("Too many changes at once: request %s was not judged", request.getUid());
        return unjudged.overloaded(request);
    }

    private void answer(OpenReview review, Function<AdmissionRequest, Answer> answering) {
        byte[] body = review.body();
        if (!review.isOpen()) {
            return;
        }
        try {
            AdmissionRequest request = reader.read(body);
            Answer answer = answering.apply(request);
            review.answer(request, own.test(request) ? answer.withoutConsequences() : answer);
        } catch (Throwable failure) {
            review.fail(failure);
        }
    }
}
