package dev.flowguard.policy.chain;

import dev.flowguard.policy.LabelSelector;

/** Something that a pod bears and that an index can be kept of: a label of its own, or one of its namespace. */
public record Mark(Bearer bearer, String key, String value) {
    /** Whose label it is. */
    public enum Bearer {
        POD,
        NAMESPACE
    }

    public static Mark ofPod(String key, String value) {
        return new Mark(Bearer.POD, key, value);
    }

    public static Mark ofNamespace(String key, String value) {
        return new Mark(Bearer.NAMESPACE, key, value);
    }

    /** To be in the namespace of that name. */
    public static Mark inNamespace(String name) {
        return ofNamespace(LabelSelector.NAMESPACE_NAME, name);
    }
}
