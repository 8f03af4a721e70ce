package dev.flowguard.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.common.core.BlockingNotAllowedException;

/**
 * Takes no body above {@code quarkus.http.limits.max-body-size}, and says so. Quarkus enforces that limit too, but with an answer
 * that is empty; so this class is asked first where the sender announces a length, and instead of Quarkus where it does not.
 */
@ApplicationScoped
class BodyLimit {
    /** The order of the limit of Quarkus among the routes. */
    private static final int QUARKUS = -2;

    private static final Logger LOG = Logger.getLogger(BodyLimit.class);

    private final long bytes;
    private final ObjectMapper json;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper json) {
        this.bytes = limit.asLongValue();
        this.json = json;
    }

    /** @throws BadReview with the code 413, after reading no more than one byte too many */
    byte[] read(InputStream body) throws IOException {
        try {
            byte[] content = body.readNBytes((int) Math.min(bytes + 1, Integer.MAX_VALUE));
            if (content.length <= bytes) {
                return content;
            }
        } catch (BlockingNotAllowedException e) {
            // As much as the limit has been collected before this call; only of a larger body the rest has to be waited
            // for.
            LOG.debug("The rest of a body is not waited for", e);
        }
        throw new BadReview(Response.Status.REQUEST_ENTITY_TOO_LARGE, sentence());
    }

    void install(@Observes Router router) {
        for (String path : List.of(ValidateResource.PATH, ValidateContractsResource.PATH)) {
            router.post(path).order(QUARKUS - 1).handler(this::refuseAnnounced);
            router.post(path).order(QUARKUS + 1).handler(http -> {
                http.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
                http.next();
            });
        }
    }

    private void refuseAnnounced(RoutingContext http) {
        if (announced(http) <= bytes) {
            http.next();
            return;
        }
        http.response()
                .setStatusCode(Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .end(status());
    }

    private static long announced(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private String status() {
        try {
            return json.writeValueAsString(HttpProblem.status(Response.Status.REQUEST_ENTITY_TOO_LARGE, sentence()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Status can be written as JSON.", e);
        }
    }

    private String sentence() {
        return "The body is larger than " + bytes + " bytes, the limit of quarkus.http.limits.max-body-size.";
    }
}
