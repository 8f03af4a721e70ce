package dev.flowguard.admission;

import dev.flowguard.config.WhenUnsure;
import dev.flowguard.net.Plain;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * The answer where there is no verdict. It is still an answer: HTTP 200, and words for the person who made the change, because the
 * API server turns every other status into its own failure policy and shows nothing of what was said.
 */
final class Unjudged {
    /** The reasons, in kebab case. */
    static final String FAILED = "failed";

    static final String LATE = "late";
    static final String OVERLOADED = "overloaded";
    static final String TOO_LARGE = "too-large";

    private final WhenUnsure policy;
    private final Count count;

    Unjudged(WhenUnsure policy, Count count) {
        this.policy = policy;
        this.count = count;
    }

    /** Counts the answers that are given. */
    @FunctionalInterface
    interface Count {
        /** @param reason in kebab case */
        void unjudged(AdmissionRequest request, boolean rejected, String reason);
    }

    Answer failed(AdmissionRequest request) {
        return answer(request, FAILED, response("internal error, see its log", request, 500, "InternalError"));
    }

    Answer late(Duration deadline, AdmissionRequest request) {
        String why = "no verdict within " + deadline.toMillis() + " ms";
        return answer(request, LATE, response(why, request, 503, "ServiceUnavailable"));
    }

    Answer overloaded(AdmissionRequest request) {
        return answer(request, OVERLOADED, response("too many changes at once", request, 503, "ServiceUnavailable"));
    }

    /** @param what is too large about it, as a clause */
    Answer tooLarge(String what, AdmissionRequest request) {
        return answer(request, TOO_LARGE, response("too large: " + what, request, 413, "RequestEntityTooLarge"));
    }

    private Answer answer(AdmissionRequest request, String reason, AdmissionResponse response) {
        return new Answer(response, () -> count.unjudged(request, !response.getAllowed(), reason));
    }

    private AdmissionResponse response(String why, AdmissionRequest request, int code, String reason) {
        String message = "Flowguard could not judge this change: " + why + " (uid "
                + Plain.line(String.valueOf(request.getUid())) + ")";
        AdmissionResponseBuilder response =
                new AdmissionResponseBuilder().withAuditAnnotations(Map.of(ReviewDesk.UNJUDGED, why));
        if (policy == WhenUnsure.ADMIT) {
            return response.withAllowed(true).withWarnings(message).build();
        }
        String remedy = code == 413 ? "" : ": try again";
        return response.withAllowed(false)
                .withStatus(new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(
                                message + "; it denies what it cannot judge (flowguard.when-unjudged=deny)" + remedy)
                        .build())
                .build();
    }
}
