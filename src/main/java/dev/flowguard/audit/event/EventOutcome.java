package dev.flowguard.audit.event;

import java.util.Locale;

/** What may become of an Event. */
public enum EventOutcome {
    WRITTEN,
    FORBIDDEN,
    FAILED,
    /** There was more to tell than could be told, or its namespace is going away. */
    DROPPED;

    /** For metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
