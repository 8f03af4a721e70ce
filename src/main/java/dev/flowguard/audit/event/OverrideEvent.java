package dev.flowguard.audit.event;

import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.wording.Names;

/** That an override was used, told on the policy. */
public final class OverrideEvent {
    private OverrideEvent() {}

    public static Announcement of(OverrideListener.Overridden override) {
        return new Announcement(
                ObjectRef.of(override.policy()),
                ifGone(override.change()),
                Announcement.Gravity.WARNING,
                "OverrideUsed",
                override.user(),
                override.user() + " overrode a rejection: " + override.reason()
                        + (override.flows().isEmpty() ? "" : ". Breaks " + Names.some(override.flows())));
    }

    /** A policy that is created may not be there yet when this is told, or never, if somebody else refuses it. */
    private static Announcement.IfGone ifGone(OverrideListener.Kind change) {
        return switch (change) {
            case CREATE -> Announcement.IfGone.WAIT;
            case UPDATE -> Announcement.IfGone.SKIP;
            case DELETE -> Announcement.IfGone.TELL;
        };
    }
}
