package dev.flowguard.admission.decision;

import dev.flowguard.assess.Change;
import java.util.List;

/** The port to whoever is to know of overrides. */
@FunctionalInterface
public interface OverrideListener {
    /** An override was used, not in a dry run, and the answer is being given. Never waits: that answer is not on its way yet. */
    void overridden(Overridden what);

    /**
     * A rejection that somebody has overridden.
     *
     * @param change what was to be rejected
     * @param user who
     * @param reason why, in their own words
     * @param flows those for whose sake it would have been rejected, in few words each
     */
    record Overridden(Change change, String user, String reason, List<String> flows) {
        public Overridden {
            flows = List.copyOf(flows);
        }
    }
}
