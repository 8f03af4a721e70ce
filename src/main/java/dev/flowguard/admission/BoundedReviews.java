package dev.flowguard.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Judges only so many changes at once. Judging is work for the processor: more at a time makes each of them slower until all miss
 * their deadline. Those beyond wait their turn, but only so long; a review keeps its place until it ends, even if its
 * answer has long been given by others.
 */
final class BoundedReviews implements ReviewHandler {
    private static final Logger LOG = Logger.getLogger(BoundedReviews.class);

    private final ReviewHandler handler;
    private final Unjudged unjudged;
    private final Duration patience;
    private final Semaphore places;
    private final LongSupplier nanoTime;
    private volatile long lastProgress;

    /**
     * @param atOnce how many places there are
     * @param patience how long a review may wait for one
     */
    BoundedReviews(ReviewHandler handler, Unjudged unjudged, int atOnce, Duration patience) {
        this(handler, unjudged, atOnce, patience, System::nanoTime);
    }

    BoundedReviews(ReviewHandler handler, Unjudged unjudged, int atOnce, Duration patience, LongSupplier nanoTime) {
        this.handler = handler;
        this.unjudged = unjudged;
        this.patience = patience;
        this.places = new Semaphore(atOnce, true);
        this.nanoTime = nanoTime;
        this.lastProgress = nanoTime.getAsLong();
    }

    @Override
    public Answer handle(AdmissionRequest request) {
        if (!takePlace()) {
            LOG.warnf("Too many changes at once: request %s was not judged", request.getUid());
            return unjudged.overloaded(request);
        }
        try {
            lastProgress = nanoTime.getAsLong();
            return handler.handle(request);
        } finally {
            lastProgress = nanoTime.getAsLong();
            places.release();
        }
    }

    /** Whether every place has been taken for that long by reviews that do not end. */
    boolean stuckFor(Duration time) {
        return places.availablePermits() == 0 && nanoTime.getAsLong() - lastProgress >= time.toNanos();
    }

    private boolean takePlace() {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
