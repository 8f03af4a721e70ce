package dev.flowguard.admission.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flowguard.edge.Unwanted;
import io.fabric8.kubernetes.api.model.Status;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.common.core.BlockingNotAllowedException;

/**
 * Takes no body above {@code quarkus.http.limits.max-body-size}, and says so. Quarkus enforces that limit too, but with an answer
 * that is empty; so this class is asked first where the sender announces a length, and instead of Quarkus where it does not. And
 * it takes only so many at once as the {@link BodyBudget} has room for.
 */
@ApplicationScoped
class BodyLimit {
    /** The order of the limit of Quarkus among the routes. */
    private static final int QUARKUS = -2;

    /** For a body to arrive. An API server sends it with the head, and has given up long before. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(BodyLimit.class);

    private final long bytes;
    private final ObjectMapper json;
    private final BodyBudget budget;
    private final Duration patience;
    private final Set<HeldBody> arriving = ConcurrentHashMap.newKeySet();

    @Inject
    BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            ObjectMapper json,
            BodyBudget budget) {
        this(limit.asLongValue(), json, budget, PATIENCE);
    }

    BodyLimit(long bytes, ObjectMapper json, BodyBudget budget, Duration patience) {
        this.bytes = bytes;
        this.json = json;
        this.budget = budget;
        this.patience = patience;
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

    /** On every route: what would be guarded by its path alone is reached by another spelling of it. */
    void install(@Observes Router router) {
        router.route().order(QUARKUS - 1).handler(this::admit);
        router.route().order(QUARKUS + 1).handler(http -> {
            http.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
            http.next();
        });
    }

    private void admit(RoutingContext http) {
        long size = size(http.request());
        if (size > bytes) {
            refuse(http, Response.Status.REQUEST_ENTITY_TOO_LARGE, sentence());
        } else if (budget.take(size) || makeRoom(size)) {
            HeldBody body = new HeldBody(size, http, budget);
            arriving.add(body);
            http.request().end().onComplete(end -> arriving.remove(body));
            body.giveBackAfterwards(patience);
            http.next();
        } else {
            LOG.warn("Too many bodies at once: a request was refused");
            refuse(
                    http,
                    Response.Status.SERVICE_UNAVAILABLE,
                    "Too many requests are under way, and there is no room for the body of this one: try again.");
        }
    }

    /** As announced. One that does not say how long it is may be as large as any. */
    private long size(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return Long.parseLong(length);
        }
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? 0 : bytes;
    }

    /** To announce a body and not to send it costs nothing; so those make room for others, the largest first. */
    private boolean makeRoom(long size) {
        List<HeldBody> largestFirst = arriving.stream()
                .sorted(Comparator.comparingLong(HeldBody::size).reversed())
                .toList();
        for (HeldBody body : largestFirst) {
            arriving.remove(body);
            body.giveUp();
            if (budget.take(size)) {
                return true;
            }
        }
        return false;
    }

    private void refuse(RoutingContext http, Response.Status status, String sentence) {
        http.response()
                .setStatusCode(status.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .end(json(HttpProblem.status(status, sentence)))
                .onComplete(sent -> Unwanted.drop(http));
    }

    private String json(Status status) {
        try {
            return json.writeValueAsString(status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A Status can be written as JSON.", e);
        }
    }

    private String sentence() {
        return "The body is larger than " + bytes + " bytes, the limit of quarkus.http.limits.max-body-size.";
    }
}
