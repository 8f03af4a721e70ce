package dev.flowguard.admission.http;

import dev.flowguard.admission.OnChanges;
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

/** Where the API server sends AdmissionReviews of Namespaces, workloads and Services, to be warned of flows that their change cuts. */
@Path(ValidateChangesResource.PATH)
public class ValidateChangesResource {
    public static final String PATH = "/validate-changes";

    private final BodyLimit limit;
    private final ReviewDesk desk;

    ValidateChangesResource(BodyLimit limit, @OnChanges ReviewDesk desk) {
        this.limit = limit;
        this.desk = desk;
    }

    /** Answered as {@link ValidateResource#validate}; every object is admitted. */
    @POST
    @NonBlocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<AdmissionReview> validate(InputStream body) throws IOException {
        return desk.review(limit.read(body));
    }
}
