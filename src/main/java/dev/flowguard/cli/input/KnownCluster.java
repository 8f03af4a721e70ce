package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.InMemoryCluster;
import dev.flowguard.feed.Position;
import dev.flowguard.report.ManifestPlaces;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What was read of a cluster.
 *
 * @param origin where, for a sentence: the words of the option, or which live cluster it is
 * @param observations one for each object
 * @param places where the objects are written; nothing, of a live cluster
 * @param overrides whether somebody who is no administrator may override in a namespace
 */
public record KnownCluster(
        String origin,
        List<Observation> observations,
        ManifestPlaces places,
        BiFunction<Requester, String, Permission> overrides) {
    public KnownCluster {
        observations = List.copyOf(observations);
    }

    /** Where the object is written. */
    public Optional<Position> position(ObjectRef object) {
        return places.position(object);
    }

    /** The cluster, to try changes in. */
    public InMemoryCluster inMemory(ClusterSettings settings) {
        return new InMemoryCluster(settings, observations, overrides);
    }

    public KnownCluster withoutPolicies() {
        return new KnownCluster(
                origin,
                observations.stream()
                        .filter(observation -> observation.object().asPolicy().isEmpty())
                        .toList(),
                places,
                overrides);
    }
}
