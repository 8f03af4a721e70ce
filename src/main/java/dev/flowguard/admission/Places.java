package dev.flowguard.admission;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs only so many tasks at once. Judging is work for the processor: more at a time makes each of them slower until all miss their
 * deadline. Those beyond wait their turn in a queue, not on threads, which would have to be put to sleep and woken for each.
 */
final class Places implements Executor {
    private static final Logger LOG = Logger.getLogger(Places.class);

    private final int count;
    private final Executor threads;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile long lastProgress;

    /**
     * @param count how many places there are
     * @param threads run what takes a place, until nobody waits for it
     */
    Places(int count, Executor threads) {
        this(count, threads, System::nanoTime);
    }

    Places(int count, Executor threads, LongSupplier nanoTime) {
        this.count = count;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.lastProgress = nanoTime.getAsLong();
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        takePlace();
    }

    /** Whether every place has been taken for that long by tasks that do not end. */
    boolean stuckFor(Duration time) {
        return taken.get() == count && nanoTime.getAsLong() - lastProgress >= time.toNanos();
    }

    private void takePlace() {
        int before = taken.getAndUpdate(now -> Math.min(now + 1, count));
        if (before < count) {
            progress();
            try {
                threads.execute(this::work);
            } catch (RuntimeException e) {
                taken.decrementAndGet();
                throw e;
            }
        }
    }

    private void work() {
        for (@Nullable Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            run(task);
            progress();
        }
        taken.decrementAndGet();
        // One that came after the last look, and found no place.
        if (!waiting.isEmpty()) {
            takePlace();
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task failed", e);
        }
    }

    private void progress() {
        lastProgress = nanoTime.getAsLong();
    }
}
