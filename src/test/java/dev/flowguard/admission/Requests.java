package dev.flowguard.admission;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.flowguard.admission.http.WeightBudget;
import dev.flowguard.admission.http.WorkLimit;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Requests and answers for tests in which their content does not matter. */
public final class Requests {
    static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";

    /** Larger than any body of a test that is not about limits. */
    public static final WorkLimit LIMIT = new WorkLimit(2_000_000, 200, 250_000);

    private Requests() {}

    static WeightBudget weights() {
        return new WeightBudget(1L << 30);
    }

    public static AdmissionRequest request() {
        AdmissionRequest request = new AdmissionRequest();
        request.setUid(UID);
        return request;
    }

    /** Sends a review to a handler that fails, and has it admitted with a warning that says so. */
    static void assertAdmittedUnjudged(URL url, RestAssuredConfig trusting) {
        given().config(trusting)
                .contentType(ContentType.JSON)
                .body(body("u-1"))
                .post(url)
                .then()
                .statusCode(200)
                .body("response.uid", is("u-1"))
                .body("response.allowed", is(true))
                .body(
                        "response.warnings",
                        contains(startsWith("Flowguard could not judge this change: internal error")));
    }

    static Answer admitted() {
        return new Answer(new AdmissionResponseBuilder().withAllowed(true).build(), () -> {});
    }

    static byte[] body(String uid) {
        return ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"" + uid
                        + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
