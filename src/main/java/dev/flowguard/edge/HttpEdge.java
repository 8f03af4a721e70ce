package dev.flowguard.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a request, on both ports. What passes has a method that there is and a path that is written in one way, so that
 * whoever guards a path afterwards guards all of its spellings, and nothing that is counted by name can be given a new name by a
 * stranger.
 */
@ApplicationScoped
public class HttpEdge {
    /** Before anything that Quarkus puts among the routes. */
    private static final int FIRST = -1_000_000;

    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern PATH = Pattern.compile("(/[a-z0-9-]+)*/?");

    private final Map<Refusal, Counter> refused;

    HttpEdge(MeterRegistry registry) {
        this.refused = new EnumMap<>(Arrays.stream(Refusal.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        why -> Counter.builder("flowguard.http.refused")
                                .description("Requests turned away before anybody looked at what they ask")
                                .tag("reason", why.name().toLowerCase(Locale.ROOT))
                                .register(registry))));
    }

    void guardWebhook(@Observes Router router) {
        install(router, METHODS, "POST");
    }

    void guardManagement(@Observes ManagementInterface management) {
        install(management.router(), READING, "GET, HEAD");
    }

    /** @param allowed for people, of the methods those that are of use */
    void install(Router router, Set<String> methods, String allowed) {
        router.route().order(FIRST).handler(http -> {
            SlowHeads.begun(http.request());
            http.addEndHandler(end -> SlowHeads.over(http.request()));
            Refusal why = judge(http.request(), methods);
            if (why == null) {
                http.next();
            } else {
                refuse(http, why, allowed);
            }
        });
    }

    private static @Nullable Refusal judge(HttpServerRequest request, Set<String> methods) {
        if (!methods.contains(request.method().name())) {
            return Refusal.METHOD;
        }
        String path = request.path();
        if (path == null || !PATH.matcher(path).matches()) {
            return Refusal.PATH;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || isNumber(length) ? null : Refusal.LENGTH;
    }

    private static boolean isNumber(String length) {
        try {
            return Long.parseLong(length) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void count(Refusal why) {
        Counter counter = refused.get(why);
        if (counter != null) {
            counter.increment();
        }
    }

    private void refuse(RoutingContext http, Refusal why, String allowed) {
        count(why);
        if (why == Refusal.METHOD) {
            http.response().putHeader(HttpHeaders.ALLOW, allowed);
        }
        http.response()
                .setStatusCode(why.code())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                // Whoever sends such a thing is no API server, which would come back.
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(why.body())
                .onComplete(sent -> Unwanted.drop(http));
    }
}
