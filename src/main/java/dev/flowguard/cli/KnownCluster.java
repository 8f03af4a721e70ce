package dev.flowguard.cli;

import dev.flowguard.cluster.Observation;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.feed.LoadedManifests;
import dev.flowguard.feed.ManifestObject;
import dev.flowguard.feed.Position;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What was read of a cluster.
 *
 * @param origin where, in the words of the option
 * @param objects later ones replace earlier ones of the same name
 */
record KnownCluster(String origin, List<ManifestObject> objects) {
    KnownCluster {
        objects = List.copyOf(objects);
    }

    List<Observation> observations() {
        return all().observations();
    }

    /** Where the object is written. */
    Optional<Position> position(ObjectRef object) {
        return all().position(object);
    }

    KnownCluster withoutPolicies() {
        return new KnownCluster(
                origin,
                objects.stream()
                        .filter(object -> !object.ref().kind().equals("NetworkPolicy"))
                        .toList());
    }

    private LoadedManifests all() {
        return new LoadedManifests(objects, List.of(), Collections.emptySortedMap());
    }
}
