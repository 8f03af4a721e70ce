package dev.flowguard.admission;

import dev.flowguard.assess.Effort;
import dev.flowguard.net.Plain;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import org.jboss.logging.Logger;

/** Answers for a handler that throws: the stack trace goes to the log, the person who made the change is told where to look. */
final class FailSafeReviews implements ReviewHandler {
    private static final Logger LOG = Logger.getLogger(FailSafeReviews.class);

    private final ReviewHandler handler;
    private final Unjudged unjudged;

    FailSafeReviews(ReviewHandler handler, Unjudged unjudged) {
        this.handler = handler;
        this.unjudged = unjudged;
    }

    /** Even an {@link Error} is answered: without an answer the API server would wait until its own timeout. */
    @Override
    public Answer handle(AdmissionRequest request) {
        return handle(request, Effort.unlimited());
    }

    @Override
    public Answer handle(AdmissionRequest request, Effort effort) {
        try {
            return handler.handle(request, effort);
        } catch (Throwable failure) {
            LOG.errorf(failure, "Could not judge request %s", Plain.line(request.getUid()));
            return unjudged.failed(request);
        }
    }
}
