package dev.flowguard.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what is to come: for the event, which mostly comes at once, and not for a clock that a slow machine beats. */
public final class Patience {
    /** After that it is not going to come. */
    public static final Duration CEILING = Duration.ofMinutes(1);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(CEILING);
    }

    /** @param what is waited for */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(CEILING);
    }
}
