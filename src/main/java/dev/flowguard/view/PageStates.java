package dev.flowguard.view;

import dev.flowguard.config.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes that were tried lately, by the id under which the page asks about them. */
final class PageStates {
    /** What the page calls the cluster as it is. */
    static final String NOW = "now";

    /** Several windows may try something; older trials are forgotten. */
    private static final int KEPT = 8;

    private final Map<String, Trial> trials = new LinkedHashMap<>();
    private long number;

    synchronized String keep(Trial trial) {
        String id = "trial-" + ++number;
        trials.put(id, trial);
        if (trials.size() > KEPT) {
            trials.remove(trials.keySet().iterator().next());
        }
        return id;
    }

    /** Empty for the cluster as it is. */
    synchronized Optional<Trial> find(String id) {
        if (id.isEmpty() || id.equals(NOW)) {
            return Optional.empty();
        }
        @Nullable Trial trial = trials.get(id);
        if (trial == null) {
            throw new BadInput("The change that was tried is forgotten by now: try it again");
        }
        return Optional.of(trial);
    }
}
