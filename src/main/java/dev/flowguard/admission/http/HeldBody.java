package dev.flowguard.admission.http;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The room that one body takes in a {@link BodyBudget}, from its announcement until it is answered. */
final class HeldBody {
    private static final Logger LOG = Logger.getLogger(HeldBody.class);

    private final long size;
    private final RoutingContext http;
    private final Context context;
    private final BodyBudget budget;
    private final AtomicBoolean held = new AtomicBoolean(true);

    /** @param size which has been taken from the budget */
    HeldBody(long size, RoutingContext http, BodyBudget budget) {
        this.size = size;
        this.http = http;
        this.context = http.vertx().getOrCreateContext();
        this.budget = budget;
    }

    long size() {
        return size;
    }

    /** Gives the room back with the answer, or when the sender is gone; or else by the clock, if the body never arrives. */
    void giveBackAfterwards(Duration patience) {
        long timer = http.vertx().setTimer(patience.toMillis(), time -> {
            hangUp("has not arrived within " + patience.toSeconds() + " s");
            giveBack();
        });
        http.addEndHandler(end -> {
            http.vertx().cancelTimer(timer);
            giveBack();
        });
    }

    /** Gives the room of a body back that has not arrived, and does not wait for it any more. May be called by any thread. */
    void giveUp() {
        giveBack();
        context.runOnContext(now -> hangUp("has not arrived, and there is no room to wait for it"));
    }

    private void hangUp(String why) {
        if (!http.request().isEnded()) {
            LOG.warnf("A body of %d bytes %s: hanging up", size, why);
            http.response().reset();
        }
    }

    private void giveBack() {
        if (held.getAndSet(false)) {
            budget.giveBack(size);
        }
    }
}
