package dev.flowguard.admission;

import dev.flowguard.admission.decision.Waiting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs only so many tasks at once. Judging is work for the processor: more at a time makes each of them slower until all miss their
 * deadline. Those beyond wait in queues, not on threads, which would have to be put to sleep and woken for each. There is a queue for each
 * namespace, and they take turns. No namespace gets more than half of the places, so that nobody waits for the work of one alone; nor do
 * those together that {@link RecentWork made much work lately}, so that nobody waits for the work of a few. A task that waits for the API
 * server leaves its place to others for so long, and comes before those that have not begun when it is back.
 */
public final class Places implements Executor, Turns, Waiting {
    private static final Logger LOG = Logger.getLogger(Places.class);

    /** For each place, as many tasks may have left it to wait: each of them keeps a thread. */
    private static final int MOST_AWAY = 8;

    private final int count;
    private final int half;
    private final Executor threads;
    private final LongSupplier nanoTime;

    /** By namespace, in the order of their turns; none is empty. */
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

    /** How many tasks have a place, by namespace. */
    private final Map<String, Integer> running = new HashMap<>();

    /** How many have left theirs to wait, and are not back. */
    private final Map<String, Integer> away = new HashMap<>();

    /** How many are back and want a place. */
    private final Map<String, Integer> back = new HashMap<>();

    /** The turn that has the place in which the thread works. */
    private final ThreadLocal<@Nullable Turn> here = new ThreadLocal<>();

    private final RecentWork work;

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
        this.half = Math.max(1, count / 2);
        this.work = new RecentWork(nanoTime);
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
            hasPlace = isFreeFor(namespace);
            if (hasPlace) {
                take();
            }
        }
        if (hasPlace) {
            begin();
        }
    }

    /** Where many have left their places already, it keeps its own. */
    @Override
    public <T> T whileWaiting(Supplier<T> answer) {
        Turn turn = here.get();
        if (turn == null || !leave(turn)) {
            return answer.get();
        }
        try {
            return answer.get();
        } finally {
            here.set(comeBack(turn));
        }
    }

    private boolean leave(Turn turn) {
        String namespace = turn.namespace();
        boolean hasPlaceForAnother;
        synchronized (this) {
            if (total(away) >= count * MOST_AWAY || of(namespace, away) >= half * MOST_AWAY) {
                return false;
            }
            more(namespace, away);
            giveUp(turn);
            hasPlaceForAnother = !isWantedBack() && waiting.keySet().stream().anyMatch(this::isFreeFor);
            if (hasPlaceForAnother) {
                take();
            }
        }
        if (hasPlaceForAnother) {
            try {
                begin();
            } catch (RuntimeException e) {
                LOG.debug("No thread for another task: it has its turn when this one is over", e);
            }
        }
        return true;
    }

    private synchronized Turn comeBack(Turn left) {
        String namespace = left.namespace();
        more(namespace, back);
        boolean isInterrupted = false;
        while (!isFreeFor(namespace)) {
            try {
                wait();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        less(namespace, back);
        less(namespace, away);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return begun(namespace, left.task());
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
                notifyAll();
            }
            throw e;
        }
    }

    private void work() {
        for (@Nullable Turn turn = next(null); turn != null; turn = next(turn)) {
            here.set(turn);
            run(turn.task());
            turn = Objects.requireNonNull(here.get());
            here.remove();
        }
    }

    /** What is to be done next in this place, which is given up where there is nothing, or where somebody is back who wants it. */
    private synchronized @Nullable Turn next(@Nullable Turn over) {
        if (over == null) {
            taken--;
        } else {
            giveUp(over);
        }
        if (isWantedBack()) {
            notifyAll();
            return null;
        }
        for (Map.Entry<String, Deque<Runnable>> queue : waiting.entrySet()) {
            String namespace = queue.getKey();
            if (isFreeFor(namespace)) {
                Deque<Runnable> tasks = queue.getValue();
                Runnable task = tasks.remove();
                waiting.remove(namespace);
                if (!tasks.isEmpty()) {
                    // Behind all others.
                    waiting.put(namespace, tasks);
                }
                return begun(namespace, task);
            }
        }
        return null;
    }

    private boolean isFreeFor(String namespace) {
        return taken < count && of(namespace, running) < half && (!work.isMuch(namespace) || placesOfMuchWork() < half);
    }

    private int placesOfMuchWork() {
        return running.entrySet().stream()
                .filter(each -> work.isMuch(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private boolean isWantedBack() {
        return back.keySet().stream().anyMatch(this::isFreeFor);
    }

    private void take() {
        taken++;
        lastProgress = nanoTime.getAsLong();
    }

    private Turn begun(String namespace, Runnable task) {
        take();
        more(namespace, running);
        return new Turn(namespace, task, nanoTime.getAsLong());
    }

    private void giveUp(Turn turn) {
        taken--;
        less(turn.namespace(), running);
        lastProgress = nanoTime.getAsLong();
        work.add(turn.namespace(), lastProgress - turn.since());
        notifyAll();
    }

    private static int of(String namespace, Map<String, Integer> counts) {
        return counts.getOrDefault(namespace, 0);
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void more(String namespace, Map<String, Integer> counts) {
        counts.merge(namespace, 1, Integer::sum);
    }

    private static void less(String namespace, Map<String, Integer> counts) {
        counts.computeIfPresent(namespace, (name, count) -> count == 1 ? null : count - 1);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task failed", e);
        }
    }

    private record Turn(String namespace, Runnable task, long since) {}
}
