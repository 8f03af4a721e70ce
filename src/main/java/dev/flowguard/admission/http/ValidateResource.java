package dev.flowguard.admission.http;

import dev.flowguard.admission.ReviewDesk;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Where the API server sends its AdmissionReviews. */
@Path(ValidateResource.PATH)
public class ValidateResource {
    public static final String PATH = "/validate";

    private final BodyLimit limit;
    private final ReviewDesk desk;

    ValidateResource(BodyLimit limit, ReviewDesk desk) {
        this.limit = limit;
        this.desk = desk;
    }

    /**
     * Answered with HTTP 200 whatever the verdict; other codes say that the request itself was wrong. The body has been collected before
     * the call, so that a slow sender occupies no thread.
     */
    @POST
    @NonBlocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<AdmissionReview> validate(InputStream body) throws IOException {
        return desk.review(limit.read(body));
    }
}
