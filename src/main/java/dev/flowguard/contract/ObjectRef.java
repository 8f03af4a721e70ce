package dev.flowguard.contract;

import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.chain.RuledRef;
import java.util.Comparator;
import java.util.Optional;

/**
 * Names a Kubernetes object.
 *
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectRef(String kind, String namespace, String name) implements Comparable<ObjectRef> {
    private static final String NETWORK_POLICY = "NetworkPolicy";

    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::namespace)
            .thenComparing(ObjectRef::kind)
            .thenComparing(ObjectRef::name);

    /** The NetworkPolicy of that name, as an object. */
    public static ObjectRef of(PolicyRef policy) {
        return new ObjectRef(NETWORK_POLICY, policy.namespace(), policy.name());
    }

    /** The policy of another kind, as an object: its kind keeps the group, for several groups have a NetworkPolicy of their own. */
    public static ObjectRef of(RuledRef policy) {
        return new ObjectRef(policy.qualifiedKind(), policy.namespace(), policy.name());
    }

    /** Its name as a NetworkPolicy; empty where it is an object of another kind. */
    public Optional<PolicyRef> asPolicy() {
        return kind.equals(NETWORK_POLICY) ? Optional.of(new PolicyRef(namespace, name)) : Optional.empty();
    }

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
