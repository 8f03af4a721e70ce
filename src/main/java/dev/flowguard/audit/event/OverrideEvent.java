package dev.flowguard.audit.event;

import dev.flowguard.admission.decision.OverrideListener;
import dev.flowguard.wording.Names;

/** That an override was used, told on the policy. */
public final class OverrideEvent {
    private OverrideEvent() {}

    public static Announcement of(OverrideListener.Overridden override) {
        return new Announcement(
                override.change().object(),
                new OverrideProof(override),
                Announcement.Gravity.WARNING,
                "OverrideUsed",
                override.user(),
                override.user() + " overrode a rejection: " + override.reason()
                        + (override.flows().isEmpty() ? "" : ". Breaks " + Names.some(override.flows())));
    }
}
