package dev.flowguard.admission.http;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;

/**
 * What a review is about, and how much work it is, without its objects.
 *
 * @param request with what the API server says beside the objects, as far as it was read
 * @param tokens that were counted
 * @param excess which limit it goes beyond, as a clause; empty if none
 */
public record ReviewOutline(AdmissionRequest request, long tokens, String excess) {
    public boolean isTooLarge() {
        return !excess.isEmpty();
    }

    /** Whether there is something that an answer could be given to. */
    public boolean hasUid() {
        return request.getUid() != null && !request.getUid().isEmpty();
    }
}
