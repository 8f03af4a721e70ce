package dev.flowguard.feed.live;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The growing pauses between attempts that fail, a little irregular, so that replicas do not ask in step. */
final class Pause {
    private static final double SHORTEST_PART = 0.8;

    private final Duration first;
    private final Duration longest;
    private Duration next;

    Pause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** What was tried has worked. */
    void reset() {
        next = first;
    }

    void await() throws InterruptedException {
        Duration now = next;
        next = now.multipliedBy(2).compareTo(longest) < 0 ? now.multipliedBy(2) : longest;
        sleep(now);
    }

    static void sleep(Duration about) throws InterruptedException {
        double part = SHORTEST_PART
                + (1 - SHORTEST_PART) * ThreadLocalRandom.current().nextDouble();
        Thread.sleep((long) (about.toMillis() * part));
    }
}
