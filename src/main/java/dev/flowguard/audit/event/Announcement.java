package dev.flowguard.audit.event;

import dev.flowguard.contract.ObjectRef;

/**
 * Something to be told as an Event.
 *
 * @param regarding the object it is about
 * @param proof what the object must show before that is told
 * @param reason one CamelCase word
 * @param about what it is about besides the object; Events that differ in nothing but their message are counted as one
 * @param message for people
 */
public record Announcement(
        ObjectRef regarding, Proof proof, Gravity gravity, String reason, String about, String message) {
    /** An Event's {@code type}. */
    public enum Gravity {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String type;

        Gravity(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }
}
