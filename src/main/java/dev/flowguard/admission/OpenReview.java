package dev.flowguard.admission;

import dev.flowguard.admission.http.ReviewOutline;
import dev.flowguard.net.Plain;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A review that waits for its answer. Of all answers the first is given, and only what follows from that one is done. */
final class OpenReview {
    private static final Logger LOG = Logger.getLogger(OpenReview.class);
    private static final byte[] NOTHING = {};

    /** Null once there is an answer. Neither it nor the body is kept then, so that a review in a queue holds no memory. */
    private final AtomicReference<@Nullable CompletableFuture<AdmissionReview>> given;

    private volatile byte[] body;
    private volatile boolean begun;

    /** What is known of it before it is judged; and after that, when nothing else is kept. */
    private volatile ReviewOutline outline;

    /**
     * @param head what it says it is about
     * @param given takes the answer
     */
    OpenReview(byte[] body, ReviewOutline head, CompletableFuture<AdmissionReview> given) {
        this.body = body;
        this.outline = head;
        this.given = new AtomicReference<>(given);
    }

    /** Gone once the review is answered: of use where it {@link #isOpen()} after this. */
    byte[] body() {
        return body;
    }

    ReviewOutline outline() {
        return outline;
    }

    /** All of it has been looked through. */
    void outlined(ReviewOutline whole) {
        outline = whole;
    }

    /** Its turn has come. */
    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    boolean isOpen() {
        return given.get() != null;
    }

    void answer(AdmissionRequest request, Answer answer) {
        CompletableFuture<AdmissionReview> waiting = close();
        if (waiting == null) {
            return;
        }
        try {
            answer.whenGiven().run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "What follows from the answer to request %s was not done", Plain.line(request.getUid()));
        }
        answer.response().setUid(request.getUid());
        waiting.complete(
                new AdmissionReviewBuilder().withResponse(answer.response()).build());
    }

    /** There is no answer, only a reason why. */
    void fail(Throwable failure) {
        CompletableFuture<AdmissionReview> waiting = close();
        if (waiting != null) {
            waiting.completeExceptionally(failure);
        }
    }

    /** What waits for the answer, for whoever closes it first. */
    private @Nullable CompletableFuture<AdmissionReview> close() {
        CompletableFuture<AdmissionReview> waiting = given.getAndSet(null);
        body = NOTHING;
        return waiting;
    }
}
