package dev.flowguard.admission;

import dev.flowguard.admission.decision.Decision;
import dev.flowguard.admission.decision.Wording;
import dev.flowguard.net.Plain;
import io.fabric8.kubernetes.api.model.GroupVersionResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.StatusDetailsBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import java.util.List;

/** From a decision to the API server's response: a rejection is a 403 with a cause for each ground (PLATFORM W14, W15). */
final class ReviewAnswer {
    private ReviewAnswer() {}

    static AdmissionResponse of(AdmissionRequest request, Decision decision, Wording.Said said) {
        AdmissionResponseBuilder response = new AdmissionResponseBuilder(admitted(request, said));
        if (decision.isRejection()) {
            response.withAllowed(false)
                    .withStatus(new StatusBuilder()
                            .withStatus("Failure")
                            .withCode(403)
                            .withReason("Forbidden")
                            .withMessage(Plain.lines(said.message()))
                            .withDetails(details(request, said.causes()))
                            .build());
        }
        return response.build();
    }

    static AdmissionResponse admitted(AdmissionRequest request, Wording.Said said) {
        AdmissionResponseBuilder response = new AdmissionResponseBuilder()
                .withUid(request.getUid())
                .withAllowed(true)
                .withAuditAnnotations(said.audit());
        if (!said.warnings().isEmpty()) {
            response.withWarnings(said.warnings().stream().map(Plain::line).toList());
        }
        return response.build();
    }

    /** The API server keeps details that it is given, and then fills in nothing itself. */
    private static StatusDetails details(AdmissionRequest request, List<Wording.Cause> causes) {
        StatusDetailsBuilder details = new StatusDetailsBuilder();
        GroupVersionResource resource = request.getResource();
        if (resource != null) {
            details.withGroup(resource.getGroup()).withKind(resource.getResource());
        }
        return details.withName(request.getName())
                .withCauses(causes.stream()
                        .map(cause -> new StatusCause(cause.field(), String.join("\n", cause.lines()), cause.reason()))
                        .toList())
                .build();
    }
}
