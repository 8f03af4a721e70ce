package dev.flowguard.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs only so many tasks at once. Judging is work for the processor: more at a time makes each of them slower until all miss their
 * deadline. Those beyond wait in queues, not on threads, which would have to be put to sleep and woken for each. There is a queue for each
 * namespace, and they take turns; and no namespace gets more than half of the places, so that nobody waits for the work of one alone.
 */
public final class Places implements Executor, Turns {
    private static final Logger LOG = Logger.getLogger(Places.class);

    private final int count;
    private final int mostOfOne;
    private final Executor threads;
    private final LongSupplier nanoTime;

    /** By namespace, in the order of their turns; none is empty. */
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

    private final Map<String, Integer> running = new HashMap<>();
    private int taken;
    private long lastProgress;

    /**
     * @param count how many places there are
     * @param threads run what takes a place, until nobody waits for it
     */
    public Places(int count, Executor threads) {
        this(count, threads, System::nanoTime);
    }

    Places(int count, Executor threads, LongSupplier nanoTime) {
        this.count = count;
        this.mostOfOne = Math.max(1, count / 2);
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.lastProgress = nanoTime.getAsLong();
    }

    /** For whoever has no namespace. */
    @Override
    public void execute(Runnable task) {
        execute("", task);
    }

    @Override
    public void execute(String namespace, Runnable task) {
        boolean hasPlace;
        synchronized (this) {
            waiting.computeIfAbsent(namespace, name -> new ArrayDeque<>()).add(task);
            hasPlace = taken < count && running.getOrDefault(namespace, 0) < mostOfOne;
            if (hasPlace) {
                taken++;
                lastProgress = nanoTime.getAsLong();
            }
        }
        if (hasPlace) {
            begin();
        }
    }

    /** Whether every place has been taken for that long by tasks that do not end. */
    synchronized boolean stuckFor(Duration time) {
        return taken == count && nanoTime.getAsLong() - lastProgress >= time.toNanos();
    }

    private void begin() {
        try {
            threads.execute(this::work);
        } catch (RuntimeException e) {
            synchronized (this) {
                taken--;
            }
            throw e;
        }
    }

    private void work() {
        for (@Nullable Turn turn = next(null); turn != null; turn = next(turn)) {
            run(turn.task());
        }
    }

    /** What is to be done next in this place, which is given up where there is nothing. */
    private synchronized @Nullable Turn next(@Nullable Turn over) {
        if (over != null) {
            lastProgress = nanoTime.getAsLong();
            running.computeIfPresent(over.namespace(), (name, tasks) -> tasks == 1 ? null : tasks - 1);
        }
        for (Map.Entry<String, Deque<Runnable>> queue : waiting.entrySet()) {
            String namespace = queue.getKey();
            if (running.getOrDefault(namespace, 0) < mostOfOne) {
                Deque<Runnable> tasks = queue.getValue();
                Runnable task = tasks.remove();
                waiting.remove(namespace);
                if (!tasks.isEmpty()) {
                    // Behind all others.
                    waiting.put(namespace, tasks);
                }
                running.merge(namespace, 1, Integer::sum);
                return new Turn(namespace, task);
            }
        }
        taken--;
        return null;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task failed", e);
        }
    }

    private record Turn(String namespace, Runnable task) {}
}
