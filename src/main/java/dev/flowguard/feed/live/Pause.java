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
        Thread.sleep(length().toMillis());
    }

    /** How long the pause is that is due now; the next will be longer. */
    Duration length() {
        Duration now = next;
        next = now.multipliedBy(2).compareTo(longest) < 0 ? now.multipliedBy(2) : longest;
        return irregular(now);
    }

    static void sleep(Duration about) throws InterruptedException {
        Thread.sleep(irregular(about).toMillis());
    }

    private static Duration irregular(Duration about) {
        double part = SHORTEST_PART
                + (1 - SHORTEST_PART) * ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis((long) (about.toMillis() * part));
    }
}
