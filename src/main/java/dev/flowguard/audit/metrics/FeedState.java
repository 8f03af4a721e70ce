package dev.flowguard.audit.metrics;

/** How it stands with a kind of objects that is followed. */
public enum FeedState {
    /** The first list is under way. */
    LOADING("loading"),
    /** Changes come in as they happen. */
    FOLLOWED("followed"),
    /** Changes do not come in at the moment. */
    OUT_OF_TOUCH("out-of-touch"),
    /** The cluster has no such kind, or does not let us read it. */
    UNAVAILABLE("unavailable");

    private final String label;

    FeedState(String label) {
        this.label = label;
    }

    /** For metrics. */
    String label() {
        return label;
    }
}
