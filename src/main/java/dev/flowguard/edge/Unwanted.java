package dev.flowguard.edge;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** The rest of a request that has been refused. */
public final class Unwanted {
    /** To hang up at once on somebody who is still sending would lose the answer on its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Unwanted() {}

    /** What still comes is kept nowhere; and what does not come is not waited for. */
    public static void drop(RoutingContext http) {
        HttpServerRequest request = http.request();
        if (request.isEnded()) {
            return;
        }
        long hangUp = http.vertx()
                .setTimer(PATIENCE.toMillis(), time -> request.connection().close());
        request.handler(bytes -> {})
                .endHandler(end -> http.vertx().cancelTimer(hangUp))
                .resume();
    }
}
