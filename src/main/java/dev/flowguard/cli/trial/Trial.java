package dev.flowguard.cli.trial;

import java.util.List;
import java.util.Optional;

/**
 * Changes, and what is expected of them.
 *
 * @param arguments the cluster and the changes, as {@code check} takes them
 * @param decision of all changes together
 * @param flows that are newly broken, by name or {@code namespace/contract/flow}; empty: whichever
 * @param findings the IDs of those that are told; empty: whichever
 */
record Trial(
        String name,
        List<String> arguments,
        TrialDecision decision,
        Optional<List<String>> flows,
        Optional<List<String>> findings) {
    Trial {
        arguments = List.copyOf(arguments);
    }
}
