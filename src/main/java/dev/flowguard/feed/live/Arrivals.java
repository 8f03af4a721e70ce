package dev.flowguard.feed.live;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has been observed and is not yet part of the snapshot. Of each object only the last observation is kept, and so a burst never
 * takes more room than the objects themselves.
 */
final class Arrivals {
    /**
     * What is taken over at once.
     *
     * @param afterwards what is to be done when the observations are part of the snapshot
     */
    record Batch(List<Observation> observations, List<Runnable> afterwards) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Ticker ticker;
    private Map<ObjectRef, Observation> latest = new LinkedHashMap<>();
    private List<Runnable> afterwards = new ArrayList<>();
    private boolean waiting;
    private long oldest;

    Arrivals(Ticker ticker) {
        this.ticker = ticker;
    }

    void add(Observation observation) {
        lock.lock();
        try {
            latest.put(observation.object(), observation);
            fill();
        } finally {
            lock.unlock();
        }
    }

    /** Has the task done as soon as all that has been added up to now is part of the snapshot. */
    void whenApplied(Runnable task) {
        lock.lock();
        try {
            afterwards.add(task);
            fill();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something, then for more of it.
     *
     * @param window how long the first waits for others
     */
    Batch take(Duration window) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (latest.isEmpty() && afterwards.isEmpty()) {
                filled.await();
            }
            long left = window.toNanos();
            while (left > 0) {
                left = filled.awaitNanos(left);
            }
            Batch batch = new Batch(List.copyOf(latest.values()), List.copyOf(afterwards));
            latest = new LinkedHashMap<>();
            afterwards = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** To be called when all of the batch is part of the snapshot. */
    void applied() {
        lock.lock();
        try {
            waiting = !latest.isEmpty();
            oldest = ticker.nanos();
        } finally {
            lock.unlock();
        }
    }

    /** How long the oldest observation has been waiting, at least; those that are being applied wait as well. */
    Duration lag() {
        lock.lock();
        try {
            return waiting ? ticker.since(oldest) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    private void fill() {
        if (!waiting) {
            waiting = true;
            oldest = ticker.nanos();
        }
        filled.signal();
    }
}
