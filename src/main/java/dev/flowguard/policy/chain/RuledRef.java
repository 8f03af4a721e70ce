package dev.flowguard.policy.chain;

import java.util.Comparator;

/**
 * Names a policy of any kind.
 *
 * @param kind {@code CiliumNetworkPolicy}
 * @param group of the API: {@code cilium.io}
 * @param namespace empty for a cluster-scoped policy
 */
public record RuledRef(String kind, String group, String namespace, String name) implements Comparable<RuledRef> {
    private static final Comparator<RuledRef> ORDER = Comparator.comparing(RuledRef::namespace)
            .thenComparing(RuledRef::kind)
            .thenComparing(RuledRef::group)
            .thenComparing(RuledRef::name);

    public boolean isClusterScoped() {
        return namespace.isEmpty();
    }

    /** As kubectl tells kinds apart: {@code CiliumNetworkPolicy.cilium.io}. */
    public String qualifiedKind() {
        return kind + "." + group;
    }

    @Override
    public int compareTo(RuledRef other) {
        return ORDER.compare(this, other);
    }

    /** For people: {@code CiliumNetworkPolicy shop/orders}, {@code ClusterNetworkPolicy guard}. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
