package dev.flowguard.admission.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.Set;

/**
 * The webhook answers reviews and serves no files. Those of the page of {@code flowguard view} are part of the program, and Quarkus would
 * serve them to whoever reaches the webhook's port; the page has a door of its own, on loopback only.
 */
@Singleton
class ReviewsOnly {
    /** After it is known that the client may ask at all. */
    private static final int EARLY = 900;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String REVIEWS = "/validate";

    /** Where Quarkus has its own, should it not be on the port for health and metrics. */
    private static final String QUARKUS = "/q/";

    void register(@Observes Filters filters) {
        filters.register(ReviewsOnly::check, EARLY);
    }

    private static void check(RoutingContext routing) {
        String path = routing.normalizedPath();
        boolean isFile =
                READING.contains(routing.request().method()) && !path.startsWith(REVIEWS) && !path.startsWith(QUARKUS);
        if (isFile) {
            routing.response().setStatusCode(HttpURLConnection.HTTP_NOT_FOUND).end();
        } else {
            routing.next();
        }
    }
}
