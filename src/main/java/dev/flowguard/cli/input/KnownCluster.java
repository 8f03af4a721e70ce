package dev.flowguard.cli.input;

import dev.flowguard.admission.decision.ClusterState.Permission;
import dev.flowguard.admission.decision.Requester;
import dev.flowguard.cluster.ClusterSettings;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
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

    /** @param namespaceAndName {@code namespace/name} */
    boolean hasService(String namespaceAndName) {
        int slash = namespaceAndName.indexOf('/');
        ObjectRef service =
                new ObjectRef("Service", namespaceAndName.substring(0, slash), namespaceAndName.substring(slash + 1));
        return observations.stream().map(Observation::object).anyMatch(service::equals);
    }

    /** The cluster, to try changes in; manifests without any DNS are taken to have the usual one. */
    public InMemoryCluster inMemory(ClusterSettings settings) {
        return new InMemoryCluster(settings, AssumedDns.beside(observations, settings), overrides);
    }

    public KnownCluster withoutPolicies() {
        return new KnownCluster(
                origin,
                observations.stream()
                        .filter(observation -> observation.object().asPolicy().isEmpty()
                                && observation.facts().stream().noneMatch(Fact.Ruled.class::isInstance))
                        .toList(),
                places,
                overrides);
    }
}
