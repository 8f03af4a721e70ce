package dev.flowguard.admission.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flowguard.config.FlowguardConfig;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** From the bytes of a body to the request in it. Fields that the request's types do not know are kept, wherever they are. */
@ApplicationScoped
public class ReviewReader {
    static final String API_VERSION = "admission.k8s.io/v1";
    static final String KIND = "AdmissionReview";

    /** The feature is one of this reader, not of the mapper: the Kubernetes types read their parts with the mapper. */
    private final ObjectReader reviews =
            new JsonMapper().readerFor(Review.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final WorkLimit limit;

    @Inject
    public ReviewReader(FlowguardConfig config) {
        this(new WorkLimit(
                config.review().maxTokens(),
                config.review().maxDepth(),
                config.review().maxItems()));
    }

    public ReviewReader(WorkLimit limit) {
        this.limit = limit;
    }

    /**
     * What the body is about and how much work it is, before anything is made of it.
     *
     * @throws BadReview if the body is not JSON
     */
    public ReviewOutline outline(byte[] body) {
        try {
            return ReviewScan.whole(body, limit);
        } catch (JsonProcessingException e) {
            throw new BadReview(JsonProblem.describe(e));
        } catch (IOException e) {
            throw new BadReview("The body cannot be read: " + e.getMessage());
        }
    }

    /** What the body says it is about before it comes to its objects: found at once, in whatever shape the rest is. */
    public ReviewOutline head(byte[] body) {
        return ReviewScan.head(body, limit);
    }

    /**
     * @return a request with a uid
     * @throws BadReview if the body is not JSON, not an AdmissionReview of the one supported version, or has no request to answer
     */
    public AdmissionRequest read(byte[] body) {
        Review review = parse(body);
        require(KIND, "kind", review.kind());
        require(API_VERSION, "apiVersion", review.apiVersion());
        AdmissionRequest request = review.request();
        if (request == null) {
            throw new BadReview("The AdmissionReview has no request: there is nothing to answer.");
        }
        if (request.getUid() == null || request.getUid().isEmpty()) {
            throw new BadReview("The AdmissionReview has no request.uid, which an answer must repeat.");
        }
        return request;
    }

    private Review parse(byte[] body) {
        if (body.length == 0) {
            throw new BadReview("The body is empty: expected " + expected());
        }
        try {
            Review review = reviews.readValue(body);
            return review == null ? new Review(null, null, null) : review;
        } catch (JsonProcessingException e) {
            throw new BadReview(JsonProblem.describe(e));
        } catch (IOException e) {
            throw new BadReview("The body cannot be read: " + e.getMessage());
        }
    }

    private static void require(String supported, String field, @Nullable String given) {
        if (!supported.equals(given)) {
            throw new BadReview(
                    "The body has " + (given == null ? "no " + field : "the " + field + " \"" + given + "\"")
                            + ": expected " + expected());
        }
    }

    private static String expected() {
        return "an object of kind " + KIND + ", apiVersion " + API_VERSION + ".";
    }

    /** The parts of an AdmissionReview that matter here; the client's own class would fill in a kind and a version that are missing. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Review(
            @Nullable String apiVersion,
            @Nullable String kind,
            @Nullable AdmissionRequest request) {}
}
