package dev.flowguard.audit.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flowguard.contract.ObjectRef;
import java.time.Instant;

/** The port by which Events get into the cluster. All of it waits for answers, for some seconds at most. */
public interface EventStore {
    /** What the API server shows of the object. */
    Looked look(ObjectRef object);

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

    /** @param object empty unless it is there */
    record Looked(Presence presence, ObjectNode object) {
        public static final Looked GONE = new Looked(Presence.GONE, JsonNodeFactory.instance.objectNode());
        public static final Looked NOT_KNOWN = new Looked(Presence.NOT_KNOWN, JsonNodeFactory.instance.objectNode());

        public static Looked at(ObjectNode object) {
            return new Looked(Presence.THERE, object);
        }

        /** By which {@code kubectl describe} finds its Events; empty where it has none. */
        public String uid() {
            return object.path("metadata").path("uid").asText();
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
