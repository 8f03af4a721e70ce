package dev.flowguard.audit.event;

import dev.flowguard.contract.ObjectRef;
import java.time.Instant;
import java.util.Optional;

/** The port by which Events get into the cluster. All of it waits for answers, for some seconds at most. */
public interface EventStore {
    /** The object's uid, by which {@code kubectl describe} finds its Events. */
    Looked uid(ObjectRef object);

    /** Makes an Event; its name is returned. */
    String create(Announcement announcement, String uid, Instant now) throws NotWritten;

    /**
     * Counts once more what has been told before.
     *
     * @return false where the Event is gone, as all are after a while
     */
    boolean repeat(ObjectRef regarding, String event, int count, String message, Instant now) throws NotWritten;

    /** What is known about an object. */
    enum Presence {
        THERE,
        GONE,
        /** Its kind is not one that we can ask for, or there was no answer. */
        NOT_KNOWN
    }

    /** @param uid empty unless it is there */
    record Looked(Presence presence, String uid) {
        public static Looked of(Optional<String> uid) {
            return uid.map(found -> new Looked(Presence.THERE, found)).orElse(new Looked(Presence.GONE, ""));
        }
    }

    /** The Event was not taken. */
    final class NotWritten extends Exception {
        private static final long serialVersionUID = 1L;

        private final EventOutcome outcome;

        public NotWritten(EventOutcome outcome, String why) {
            super(why);
            this.outcome = outcome;
        }

        EventOutcome outcome() {
            return outcome;
        }
    }
}
