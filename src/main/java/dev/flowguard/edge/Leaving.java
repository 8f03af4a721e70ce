package dev.flowguard.edge;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Once the stop signal has come, every answer says that its connection ends with it. API servers keep connections open and use them again
 * and again, so they would stay with this replica to its last moment, and the review that they send in that moment would be lost; this
 * way the next one is a new connection, which the Service leads to another replica.
 */
@ApplicationScoped
public class Leaving {
    /** Before whatever may answer. */
    private static final int FIRST = -1_000_001;

    private volatile boolean isLeaving;

    void guardWebhook(@Observes Router router) {
        install(router);
    }

    void stopping(@Observes ShutdownDelayInitiatedEvent signal) {
        leave();
    }

    void install(Router router) {
        router.route().order(FIRST).handler(http -> {
            if (isLeaving) {
                http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            http.next();
        });
    }

    void leave() {
        isLeaving = true;
    }
}
