package dev.flowguard.admission;

import dev.flowguard.admission.http.BodyLimit;
import dev.flowguard.admission.http.ReviewReader;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** A webhook that reads a review as Flowguard does, and admits it: what is left to compare is the judgement. */
@Path("/no-op")
public class NoOpResource {
    private final BodyLimit limit;
    private final ReviewReader reader;

    NoOpResource(BodyLimit limit, ReviewReader reader) {
        this.limit = limit;
        this.reader = reader;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public AdmissionReview admit(InputStream body) throws IOException {
        AdmissionRequest request = reader.read(limit.read(body));
        return new AdmissionReviewBuilder()
                .withNewResponse()
                .withUid(request.getUid())
                .withAllowed(true)
                .endResponse()
                .build();
    }
}
