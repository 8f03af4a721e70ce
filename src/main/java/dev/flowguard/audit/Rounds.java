package dev.flowguard.audit;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does a task again and again on a thread of its own. An error in it is logged, once, and ends nothing. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final Runnable task;
    private final Duration pause;
    private final Thread thread;
    private String said = "";

    private Rounds(String name, Duration pause, Runnable task) {
        this.task = task;
        this.pause = pause;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    static Rounds start(String name, Duration pause, Runnable task) {
        Rounds rounds = new Rounds(name, pause, task);
        rounds.thread.start();
        return rounds;
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                round();
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s has ended", thread.getName());
        }
    }

    private void round() {
        @Nullable Throwable failure = null;
        try {
            task.run();
        } catch (Throwable e) {
            failure = e;
        }
        String text = failure == null ? "" : failure.toString();
        if (failure != null && !text.equals(said)) {
            LOG.errorf(failure, "%s failed, and goes on", thread.getName());
        }
        said = text;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
