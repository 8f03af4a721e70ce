package dev.flowguard.audit;

import java.util.Locale;

/** What may become of an Event. */
enum EventOutcome {
    WRITTEN,
    FORBIDDEN,
    FAILED,
    /** There was more to tell than could be told, or its namespace is going away. */
    DROPPED;

    /** For metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
