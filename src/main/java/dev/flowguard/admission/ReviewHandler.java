package dev.flowguard.admission;

import dev.flowguard.assess.Effort;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;

/**
 * Judges one request of the API server. Called from several threads at once, never from an event loop, so that it may block for a
 * bounded time. The caller fills in the uid of the answer, and answers for it when it throws or takes too long.
 */
@FunctionalInterface
public interface ReviewHandler {
    Answer handle(AdmissionRequest request);

    /** @param effort after which what is known by then is the answer, if it is one: else {@link Answer#NONE} */
    default Answer handle(AdmissionRequest request, Effort effort) {
        return handle(request);
    }
}
