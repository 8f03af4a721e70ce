package dev.flowguard.feed;

import dev.flowguard.cluster.object.Observation;
import dev.flowguard.contract.ObjectRef;
import java.util.Map;

/**
 * An object of a manifest, and where it stands.
 *
 * @param annotations all that are written on it
 */
public record ManifestObject(
        Observation observation, Map<String, String> annotations, Position position, ManifestSource source) {
    public ManifestObject {
        annotations = Map.copyOf(annotations);
    }

    public ObjectRef ref() {
        return observation.object();
    }
}
