package dev.flowguard.contract;

import java.util.Comparator;

/**
 * Names a Kubernetes object.
 *
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectRef(String kind, String namespace, String name) implements Comparable<ObjectRef> {
    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::namespace)
            .thenComparing(ObjectRef::kind)
            .thenComparing(ObjectRef::name);

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    /** For people: {@code Deployment shop/orders}, {@code Namespace shop}. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
