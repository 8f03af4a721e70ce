package dev.flowguard.admission.rehearsal;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Knows the reviews that this program sends itself and that belong into no book. They have one uid, which nobody else can guess: so
 * nobody's change goes unrecorded for it.
 */
@ApplicationScoped
public class OwnReviews {
    private final String uid = UUID.randomUUID().toString();

    String uid() {
        return uid;
    }

    public boolean include(AdmissionRequest request) {
        return uid.equals(request.getUid());
    }
}
