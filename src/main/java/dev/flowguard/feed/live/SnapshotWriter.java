package dev.flowguard.feed.live;

import dev.flowguard.cluster.ClusterModel;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one thread that makes snapshots. What it cannot make one of is said aloud: the old snapshot must not pass for a new one. */
final class SnapshotWriter implements Runnable {
    /**
     * How long a change waits for others, which are then applied together: rollouts come in bursts, and each snapshot costs.
     * Far below the 250 ms in which a change is to be seen.
     */
    static final Duration WINDOW = Duration.ofMillis(25);

    private static final Logger LOG = Logger.getLogger(SnapshotWriter.class);

    private final Arrivals arrivals;
    private final ClusterModel model;
    private volatile @Nullable Throwable failure;

    SnapshotWriter(Arrivals arrivals, ClusterModel model) {
        this.arrivals = arrivals;
        this.model = model;
    }

    @Override
    public void run() {
        try {
            while (true) {
                apply(arrivals.take(WINDOW));
            }
        } catch (InterruptedException e) {
            LOG.debug("No more changes are taken in");
        }
    }

    private void apply(Arrivals.Batch batch) {
        try {
            model.apply(batch.observations());
            failure = null;
        } catch (RuntimeException | Error e) {
            LOG.error("No snapshot could be made", e);
            failure = e;
        }
        arrivals.applied();
        batch.afterwards().forEach(Runnable::run);
    }

    /** Why the snapshot is not what has been observed, for people; empty where it is. */
    Optional<String> trouble() {
        return Optional.ofNullable(failure).map(e -> "no snapshot could be made, see the log: " + e);
    }
}
