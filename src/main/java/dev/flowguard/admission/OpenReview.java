package dev.flowguard.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** A review that waits for its answer. Of all answers the first is given, and only what follows from that one is done. */
final class OpenReview {
    private static final Logger LOG = Logger.getLogger(OpenReview.class);
    private static final byte[] NOTHING = {};

    private final CompletableFuture<AdmissionReview> given = new CompletableFuture<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile byte[] body;

    OpenReview(byte[] body) {
        this.body = body;
    }

    /** Gone once the review is answered, so that a review in a queue holds no memory: of use where it {@link #isOpen()} after this. */
    byte[] body() {
        return body;
    }

    boolean isOpen() {
        return open.get();
    }

    CompletableFuture<AdmissionReview> given() {
        return given;
    }

    void answer(AdmissionRequest request, Answer answer) {
        if (!close()) {
            return;
        }
        try {
            answer.whenGiven().run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "What follows from the answer to request %s was not done", request.getUid());
        }
        answer.response().setUid(request.getUid());
        given.complete(
                new AdmissionReviewBuilder().withResponse(answer.response()).build());
    }

    /** There is no answer, only a reason why. */
    void fail(Throwable failure) {
        if (close()) {
            given.completeExceptionally(failure);
        }
    }

    private boolean close() {
        boolean first = open.getAndSet(false);
        body = NOTHING;
        return first;
    }
}
