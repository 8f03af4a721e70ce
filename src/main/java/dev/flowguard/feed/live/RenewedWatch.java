package dev.flowguard.feed.live;

import dev.flowguard.feed.live.api.ApiProblem;
import dev.flowguard.feed.live.api.OpeningWatch;
import dev.flowguard.feed.live.api.WatchStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The watch on one kind of objects, whose silence is put to the proof: that nothing comes in may mean that nothing happens, or that the
 * connection is dead and nobody has said so. So a watch that has been silent for a while is opened once more beside the old one, from
 * the version after which nothing has come in. That costs no list and leaves no gap, since both would bring the same. That it could be
 * opened proves that all is known; whichever speaks first goes on, and the other is closed. Only where a new one cannot be opened is
 * the kind out of touch, and even then the old one is listened to.
 *
 * <p>The old one is not given up at once because API servers send the first bookmark on a watch after up to two minutes: without
 * bookmarks the version would grow old.
 */
final class RenewedWatch implements AutoCloseable {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Supplier<OpeningWatch> opener;
    private final KindHealth health;
    private final FeedTiming timing;
    private final Ticker ticker;
    private final Pause pause;
    private final BlockingQueue<Boolean> rung;
    private WatchStream main;
    private @Nullable OpeningWatch opening;
    private @Nullable WatchStream beside;

    /** When anything last came in on the main watch, or it was opened. */
    private long mainHeard;

    /** When it was last certain that all is known. */
    private long proved;

    /** When the opening began, or when the next one may. */
    private long openingSince;

    private Duration untilNext = Duration.ZERO;
    private boolean triedTwice;

    /**
     * @param first which has just been opened
     * @param rung gets something whenever something has come in
     * @param opener asks for another watch, from the version up to which everything has come in
     */
    RenewedWatch(
            WatchStream first,
            BlockingQueue<Boolean> rung,
            Supplier<OpeningWatch> opener,
            KindHealth health,
            FeedTiming timing,
            Ticker ticker) {
        this.main = first;
        this.rung = rung;
        this.opener = opener;
        this.health = health;
        this.timing = timing;
        this.ticker = ticker;
        this.pause = new Pause(timing.firstPause(), timing.longestPause());
        this.mainHeard = ticker.nanos();
        this.proved = mainHeard;
        this.openingSince = mainHeard;
    }

    /** A bell for streams, and what it rings. One stroke that nobody has answered is as good as many. */
    static BlockingQueue<Boolean> bell() {
        return new LinkedBlockingQueue<>(1);
    }

    /**
     * Waits for the next line.
     *
     * @return empty when the API server has ended the watch
     * @throws ApiProblem if the connection broke, or no watch can be opened and the old one has been silent for too long
     */
    Optional<byte[]> next() throws ApiProblem, InterruptedException {
        while (true) {
            if (main.isReady() && (main.hasLine() || beside == null)) {
                return mainLine();
            }
            if (main.isReady() || beside != null && beside.isReady()) {
                takeBeside();
            } else if (!renew()) {
                ticker.poll(rung, due());
            }
        }
    }

    private Optional<byte[]> mainLine() throws ApiProblem, InterruptedException {
        Optional<byte[]> line = main.next(AT_ONCE);
        dropOther();
        mainHeard = ticker.nanos();
        proof();
        return line;
    }

    /** From now on the other one is the main watch: nothing has come in on the old one that it would not bring. */
    private void takeBeside() {
        if (beside != null) {
            main.close();
            main = beside;
            beside = null;
            mainHeard = ticker.nanos();
        }
    }

    /** Whether there was something to do; then it may be that a stream has to be asked for what it has. */
    private boolean renew() throws ApiProblem, InterruptedException {
        if (beside != null && ticker.since(mainHeard).compareTo(timing.silence()) >= 0) {
            takeBeside();
            return true;
        }
        if (opening != null) {
            return finish(opening);
        }
        if (isDue()) {
            openingSince = ticker.nanos();
            opening = opener.get();
            return true;
        }
        return false;
    }

    private boolean isDue() {
        return ticker.since(proved).compareTo(timing.renewal()) >= 0
                && ticker.since(openingSince).compareTo(untilNext) >= 0;
    }

    /** Whether it has been answered, or has not been for too long. */
    private boolean finish(OpeningWatch asked) throws ApiProblem, InterruptedException {
        if (asked.isAnswered()) {
            opening = null;
            try {
                WatchStream opened = asked.await(timing.patience());
                closeBeside();
                beside = opened;
                proof();
            } catch (ApiProblem problem) {
                failed(problem);
            }
            return true;
        }
        if (ticker.since(openingSince).compareTo(timing.opening()) < 0) {
            return false;
        }
        dropOpening();
        failed(ApiProblem.silence(ticker.since(proved)));
        return true;
    }

    /** A connection that was idle may be closed just when it is used again, so that the first failure without an answer tells nothing. */
    private void failed(ApiProblem problem) throws ApiProblem {
        if (problem.isGone()) {
            throw problem;
        }
        if (!triedTwice && !problem.isAnswer()) {
            triedTwice = true;
            untilNext = Duration.ZERO;
            return;
        }
        openingSince = ticker.nanos();
        untilNext = pause.length();
        health.failed(problem.clause());
        if (ticker.since(mainHeard).compareTo(timing.silence()) >= 0) {
            throw problem;
        }
    }

    private void proof() {
        proved = ticker.nanos();
        triedTwice = false;
        untilNext = Duration.ZERO;
        pause.reset();
        health.heard();
    }

    /** When there is something to do even if nothing comes in. */
    private long due() {
        if (opening != null) {
            return openingSince + timing.opening().toNanos();
        }
        long renewal = proved + timing.renewal().toNanos();
        long again = openingSince + untilNext.toNanos();
        return renewal - again > 0 ? renewal : again;
    }

    private void dropOther() {
        closeBeside();
        dropOpening();
    }

    private void dropOpening() {
        if (opening != null) {
            opening.cancel();
            opening = null;
        }
    }

    private void closeBeside() {
        if (beside != null) {
            beside.close();
            beside = null;
        }
    }

    @Override
    public void close() {
        dropOther();
        main.close();
    }
}
