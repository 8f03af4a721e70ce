package dev.flowguard.admission.rehearsal;

import dev.flowguard.admission.OnDeclarations;
import dev.flowguard.admission.ReviewDesk;
import dev.flowguard.admission.http.ValidateResource;
import dev.flowguard.tls.OwnPort;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This program's own webhook, asked as the API server asks it. */
@ApplicationScoped
class OwnWebhook implements RehearsalRounds.Audience {
    private final OwnPort port;
    private final ReviewDesk desk;
    private final ReviewDesk deskOfOpinions;
    private OwnPort.@Nullable Client client;

    OwnWebhook(OwnPort port, ReviewDesk desk, @OnDeclarations ReviewDesk deskOfOpinions) {
        this.port = port;
        this.desk = desk;
        this.deskOfOpinions = deskOfOpinions;
    }

    /** Where only the API server may ask, the port turns away its own program, which then asks the desk behind it. */
    @Override
    public void answer(RehearsedReview review, Duration patience) throws Exception {
        if (client == null) {
            client = port.client();
        }
        int status = client.post(review.path(), review.body(), patience);
        if (status == HttpURLConnection.HTTP_FORBIDDEN) {
            ReviewDesk asked = review.path().equals(ValidateResource.PATH) ? desk : deskOfOpinions;
            asked.review(review.body()).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } else if (status != HttpURLConnection.HTTP_OK) {
            throw new IllegalStateException("the answer has the code " + status);
        }
    }

    @Override
    public boolean judges(RehearsedReview review) throws Exception {
        AdmissionReview answer =
                desk.review(review.body()).toCompletableFuture().get();
        @Nullable Map<String, String> audit = answer.getResponse().getAuditAnnotations();
        return audit == null || !audit.containsKey(ReviewDesk.UNJUDGED);
    }
}
