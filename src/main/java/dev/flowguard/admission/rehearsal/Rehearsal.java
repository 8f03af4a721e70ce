package dev.flowguard.admission.rehearsal;

import dev.flowguard.admission.decision.ClusterState;
import dev.flowguard.health.ReadinessCondition;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Before this replica is ready it sends itself reviews through its own port: the first answers of a program that has just started take
 * longer than an API server may wait. They are dry runs and belong into no book. Where they fail, the replica is ready all the same, and
 * whoever asks first waits longer.
 */
@ApplicationScoped
public class Rehearsal implements ReadinessCondition {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final Duration PATIENCE_FOR_VERDICT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A review that never ends must not keep the caller of {@link #await()} for ever. */
    private static final Duration PATIENCE = RehearsalRounds.LIMIT.multipliedBy(2);

    private final List<ReadinessCondition> conditions;
    private final ClusterState state;
    private final OwnReviews own;
    private final RehearsalRounds.Audience webhook;
    private final CountDownLatch over = new CountDownLatch(1);

    Rehearsal(
            @All List<ReadinessCondition> conditions,
            ClusterState state,
            OwnReviews own,
            RehearsalRounds.Audience webhook) {
        this.conditions = conditions;
        this.state = state;
        this.own = own;
        this.webhook = webhook;
    }

    @Override
    public String name() {
        return "rehearsal";
    }

    @Override
    public State state() {
        return over.getCount() == 0
                ? State.met("over: reviews of its own are answered, so that yours are at full speed")
                : State.unmet("not over: reviews of its own come first, so that yours are at full speed");
    }

    /** Returns when it is over, or at once where it cannot begin yet; after some seconds at most. */
    public void await() throws InterruptedException {
        if (canBegin()) {
            over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void begin(@ObservesAsync HttpsServerStart open) {
        Thread thread = new Thread(this::run, "flowguard-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!canBegin()) {
                Thread.sleep(PAUSE.toMillis());
            }
            List<RehearsedReview> reviews =
                    RehearsedReview.all(state.known().orElseThrow().snapshot(), own.uid());
            int answered = new RehearsalRounds(System::nanoTime).play(reviews, webhook);
            awaitVerdict(reviews.get(0));
            LOG.debugf("Answered %d reviews of its own", answered);
        } catch (InterruptedException e) {
            LOG.debug("Stopped before its rehearsal");
        } catch (Exception e) {
            LOG.warnf("The rehearsal failed, so the first answers may take longer: %s", e);
        } finally {
            webhook.forget();
            over.countDown();
        }
    }

    /** On a slow machine the first answers may all be that there is no verdict yet: whoever asks first must not get such a one. */
    private void awaitVerdict(RehearsedReview review) throws Exception {
        long begin = System.nanoTime();
        while (!webhook.judges(review)) {
            if (System.nanoTime() - begin >= PATIENCE_FOR_VERDICT.toNanos()) {
                LOG.warn(
                        "No review of its own has come to a verdict in time: this replica is too slow, or flowguard.deadline too short");
                return;
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Everything else that a ready replica needs is there. */
    private boolean canBegin() {
        return conditions.stream()
                .filter(condition -> !condition.name().equals(name()))
                .allMatch(condition -> condition.state().holds());
    }
}
