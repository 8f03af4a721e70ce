package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.feed.live.LiveCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A live cluster that is followed, and only read.
 *
 * @param origin which it is, for a sentence
 * @param overrides whether somebody may override in a namespace
 */
public record FollowedCluster(
        String origin, LiveCluster live, KubernetesClient client, BiFunction<Requester, String, Permission> overrides)
        implements AutoCloseable {
    private static final long GLANCE_MILLIS = 50;

    /** As it is known now; empty while too little is known of it. */
    public Optional<Snapshot> snapshot() {
        return live.known().map(known -> known.snapshot());
    }

    /** @throws BadInput where it is not known enough by then; says what is missing */
    void await(Duration patience) {
        long start = System.nanoTime();
        try {
            while (snapshot().isEmpty()) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    List<String> troubles = live.health().troubles();
                    close();
                    throw BadInput.list(origin + " cannot be looked at:", troubles);
                }
                Thread.sleep(GLANCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("Interrupted while listing " + origin, e);
        }
    }

    @Override
    public void close() {
        live.close();
        client.close();
    }
}
