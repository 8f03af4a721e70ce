package dev.flowguard.kubernetes.field;

/** Whether objects of a kind live in namespaces. */
public enum Scope {
    NAMESPACED,
    CLUSTER;

    private static final String DEFAULT_NAMESPACE = "default";

    /** Where an object is that gives this namespace: without one, in {@code default} (SEMANTICS P16). */
    public String namespace(String given) {
        if (this == CLUSTER) {
            return "";
        }
        return given.isEmpty() ? DEFAULT_NAMESPACE : given;
    }
}
