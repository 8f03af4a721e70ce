package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Owner;
import dev.flowguard.kubernetes.field.Absent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/** Who controls an object, as its owner references say. */
final class ControllerReference {
    /** Pods of a node's own manifests name their node as the owner; they are made by nothing in the cluster. */
    private static final String NODE = "Node";

    private ControllerReference() {}

    static Optional<Owner> of(HasMetadata object) {
        if (object.getMetadata() == null) {
            return Optional.empty();
        }
        return Absent.asEmpty(object.getMetadata().getOwnerReferences(), OwnerReference::new).stream()
                .filter(reference -> Absent.asFalse(reference.getController()))
                .filter(reference -> !NODE.equals(reference.getKind()))
                .map(reference -> new Owner(Absent.asEmpty(reference.getKind()), Absent.asEmpty(reference.getName())))
                .findFirst();
    }
}
