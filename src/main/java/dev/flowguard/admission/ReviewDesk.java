package dev.flowguard.admission;

import dev.flowguard.admission.http.BadReview;
import dev.flowguard.admission.http.ReviewOutline;
import dev.flowguard.admission.http.ReviewReader;
import dev.flowguard.admission.http.WeightBudget;
import dev.flowguard.assess.Effort;
import dev.flowguard.net.Plain;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    /** The audit annotation of an answer without a verdict. */
    public static final String UNJUDGED = "unjudged";

    private static final Logger LOG = Logger.getLogger(ReviewDesk.class);

    /** Of the deadline, the part for which a review may wait for its turn. */
    private static final int PART_OF_WAIT = 2;

    /** Of the deadline, for judging and confirming: the rest is for saying it. */
    private static final int PERCENT_OF_EFFORT = 90;

    private final ReviewReader reader;
    private final ReviewHandler handler;
    private final Unjudged unjudged;
    private final Duration deadline;
    private final Deadlines deadlines;
    private final Turns turns;
    private final WeightBudget weights;
    private final Predicate<AdmissionRequest> own;
    private final LongSupplier nanoTime;

    /**
     * @param weights how much may be judged at once
     * @param turns judge, each in its turn
     * @param own whether a review is this program's own, so that nothing follows from its answer
     */
    ReviewDesk(
            ReviewReader reader,
            ReviewHandler handler,
            Unjudged unjudged,
            Duration deadline,
            WeightBudget weights,
            Turns turns,
            Predicate<AdmissionRequest> own) {
        this(reader, handler, unjudged, deadline, weights, turns, own, System::nanoTime);
    }

    ReviewDesk(
            ReviewReader reader,
            ReviewHandler handler,
            Unjudged unjudged,
            Duration deadline,
            WeightBudget weights,
            Turns turns,
            Predicate<AdmissionRequest> own,
            LongSupplier nanoTime) {
        this.reader = reader;
        this.handler = handler;
        this.unjudged = unjudged;
        this.deadline = deadline;
        this.deadlines = new Deadlines(deadline, this::late);
        this.weights = weights;
        this.turns = turns;
        this.own = own;
        this.nanoTime = nanoTime;
    }

    /** @return the answer; or, as a failure, a {@link BadReview} that says why the body has none */
    public CompletionStage<AdmissionReview> review(byte[] body) {
        CompletableFuture<AdmissionReview> given = new CompletableFuture<>();
        OpenReview review = new OpenReview(body, reader.head(body), given);
        deadlines.watch(review);
        long start = nanoTime.getAsLong();
        turns.execute(namespace(review), () -> judge(review, start));
        return given;
    }

    /** Whose turn it is that it waits for. */
    private static String namespace(OpenReview review) {
        String namespace = review.outline().request().getNamespace();
        return namespace == null ? "" : namespace;
    }

    /** A review that waited for its turn until it was answered is not judged any more: that only keeps others waiting. */
    private void judge(OpenReview review, long start) {
        boolean isLate = nanoTime.getAsLong() - start >= deadline.toNanos() / PART_OF_WAIT;
        review.begin();
        byte[] body = review.body();
        if (!review.isOpen()) {
            return;
        }
        try {
            if (isLate) {
                answer(review, identified(review, body), this::overloaded);
            } else {
                weigh(review, body, nanoTime.getAsLong() - start);
            }
        } catch (Throwable failure) {
            review.fail(failure);
        }
    }

    /** How much work it is, and whether there is room for what it will become, is found out before anything is made of it. */
    private void weigh(OpenReview review, byte[] body, long waited) {
        ReviewOutline outline = reader.outline(body);
        review.outlined(outline);
        long weight = WeightBudget.weight(outline, body.length);
        if (outline.isTooLarge()) {
            answer(review, identified(review, body), request -> tooLarge(outline.excess(), request));
        } else if (!weights.couldTake(weight)) {
            answer(review, identified(review, body), request -> tooLarge("over what memory takes", request));
        } else if (!weights.take(weight)) {
            answer(review, identified(review, body), this::overloaded);
        } else {
            try {
                Effort effort = Effort.ofNanos(deadline.toNanos() * PERCENT_OF_EFFORT / 100 - waited);
                answer(review, reader.read(body), request -> judged(request, effort));
            } finally {
                weights.giveBack(weight);
            }
        }
    }

    private Answer judged(AdmissionRequest request, Effort effort) {
        Answer answer = handler.handle(request, effort);
        return answer == Answer.NONE ? late(request) : answer;
    }

    /** May come before any worker has looked at the body: an answer must repeat the uid. */
    private void late(OpenReview review) {
        byte[] body = review.body();
        if (!review.isOpen()) {
            return;
        }
        try {
            answer(
                    review,
                    identified(review, body),
                    request -> review.hasBegun() ? late(request) : overloaded(request));
        } catch (Throwable failure) {
            review.fail(failure);
        }
    }

    /** The request without its objects, as the API server tells it before them; or, where somebody else sent it, somewhere. */
    private AdmissionRequest identified(OpenReview review, byte[] body) {
        ReviewOutline outline = review.outline().hasUid() ? review.outline() : reader.outline(body);
        return outline.hasUid() ? outline.request() : reader.read(body);
    }

    private Answer late(AdmissionRequest request) {
        LOG.warnf("No verdict within %d ms on request %s", deadline.toMillis(), Plain.line(request.getUid()));
        return unjudged.late(deadline, request);
    }

    private Answer overloaded(AdmissionRequest request) {
        LOG.warnf("Too many changes at once: request %s was not judged", Plain.line(request.getUid()));
        return unjudged.overloaded(request);
    }

    private Answer tooLarge(String what, AdmissionRequest request) {
        LOG.warnf(
                "Request %s is too large to be judged: %s (flowguard.review.max-tokens, max-depth, max-items)",
                Plain.line(request.getUid()), what);
        return unjudged.tooLarge(what, request);
    }

    private void answer(OpenReview review, AdmissionRequest request, Function<AdmissionRequest, Answer> answering) {
        Answer answer = answering.apply(request);
        review.answer(request, own.test(request) ? answer.withoutConsequences() : answer);
    }
}
