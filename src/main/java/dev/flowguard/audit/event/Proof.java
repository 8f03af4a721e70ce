package dev.flowguard.audit.event;

/** By what the API server shows of an object, whether something is to be told of it. */
@FunctionalInterface
public interface Proof {
    /** What is told is known already; it is worth nothing without the object. */
    Proof NONE_NEEDED = looked -> looked.presence() == EventStore.Presence.GONE ? Result.SKIP : Result.TELL;

    /** What follows from a look at the object. */
    enum Result {
        TELL,
        /** Not yet, but it may come. */
        WAIT,
        SKIP
    }

    Result by(EventStore.Looked looked);
}
