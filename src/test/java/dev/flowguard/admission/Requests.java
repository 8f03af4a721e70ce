package dev.flowguard.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import java.nio.charset.StandardCharsets;

/** Requests and answers for tests in which their content does not matter. */
final class Requests {
    static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";

    private Requests() {}

    static AdmissionRequest request() {
        AdmissionRequest request = new AdmissionRequest();
        request.setUid(UID);
        return request;
    }

    static AdmissionResponse admitted() {
        return new AdmissionResponseBuilder().withAllowed(true).build();
    }

    static byte[] body(String uid) {
        return ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"" + uid
                        + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
