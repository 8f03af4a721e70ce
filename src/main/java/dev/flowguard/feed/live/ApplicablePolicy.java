package dev.flowguard.feed.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A policy, or another object, of the API server's as somebody could have applied it. */
public final class ApplicablePolicy {
    /** What the API server writes into metadata. With a version or an identity in it, a manifest applies only to this very object. */
    private static final List<String> OF_THE_SERVER =
            List.of("creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid");

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ApplicablePolicy() {}

    public static ObjectNode of(ObjectNode listed) {
        ObjectNode policy = listed.deepCopy();
        policy.remove("status");
        if (policy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(OF_THE_SERVER);
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove(LAST_APPLIED);
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        return policy;
    }
}
