package dev.flowguard.admission.http;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * What a request gets that cannot be answered: a sentence in a Kubernetes {@code Status} object. That is how the API server words its own
 * errors: a person finds the {@code message}, and client libraries for Kubernetes know where to look for it.
 */
class HttpProblem {
    private static final Logger LOG = Logger.getLogger(HttpProblem.class);
    private static final String USAGE =
            "POST an AdmissionReview of " + ReviewReader.API_VERSION + " to " + ValidateResource.PATH
                    + " (NetworkPolicies), " + ValidateContractsResource.PATH + " (contracts and annotated objects) or "
                    + ValidateChangesResource.PATH + " (Namespaces, workloads and Services)";

    @ServerExceptionMapper
    Response badReview(BadReview problem) {
        return answer(problem.status(), problem.sentence()).build();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException problem) {
        Response original = problem.getResponse();
        Response.Status status = Response.Status.fromStatusCode(original.getStatus());
        if (status == null) {
            return original;
        }
        Response.ResponseBuilder response = answer(status, sentence(status));
        if (status == Response.Status.METHOD_NOT_ALLOWED) {
            response.header(HttpHeaders.ALLOW, HttpMethod.POST);
        }
        return response.build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        LOG.error("A request could not be answered", failure);
        return answer(Response.Status.INTERNAL_SERVER_ERROR, "Internal error, see the log of Flowguard.")
                .build();
    }

    /** Reasons are the HTTP phrase in one word, as the API server has them: {@code BadRequest}. */
    static Status status(Response.Status status, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(status.getStatusCode())
                .withReason(status.getReasonPhrase().replace(" ", ""))
                .withMessage(message)
                .build();
    }

    private static Response.ResponseBuilder answer(Response.Status status, String message) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(status(status, message));
    }

    private static String sentence(Response.Status status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing here: " + USAGE + ".";
            case METHOD_NOT_ALLOWED -> "This method is not answered here: " + USAGE + ".";
            case NOT_ACCEPTABLE -> "Answers are JSON: accept application/json.";
            case UNSUPPORTED_MEDIA_TYPE -> USAGE + ", with the header Content-Type: application/json.";
            default -> "The request cannot be answered: " + USAGE + ".";
        };
    }
}
