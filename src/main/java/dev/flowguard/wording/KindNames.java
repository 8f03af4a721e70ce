package dev.flowguard.wording;

import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.PolicyRef;
import java.util.Set;

/** Policies of any kind by the names that people give them. */
public final class KindNames {
    private static final Set<String> NAMESAKES = Set.of(
            "NetworkPolicy.crd.antrea.io",
            "ClusterNetworkPolicy.crd.antrea.io",
            "ClusterNetworkPolicy.networking.k8s.aws");

    private KindNames() {}

    /** A NetworkPolicy as {@code shop/orders}, one of another kind with it: {@code CiliumNetworkPolicy shop/orders}. */
    public static String brief(ObjectRef policy) {
        return policy.asPolicy().map(PolicyRef::toString).orElseGet(() -> of(policy));
    }

    /**
     * Without the API group, which mostly helps to tell apart what nobody confuses: {@code ClusterNetworkPolicy guard}. Kinds that are not
     * evaluated and are called like ones that are keep it: {@code ClusterNetworkPolicy.crd.antrea.io guard}.
     */
    public static String of(ObjectRef policy) {
        int dot = policy.kind().indexOf('.');
        String kind = dot < 0 || NAMESAKES.contains(policy.kind())
                ? policy.kind()
                : policy.kind().substring(0, dot);
        return new ObjectRef(kind, policy.namespace(), policy.name()).toString();
    }

    /** With the API group where people would take it for another kind: {@code NetworkPolicy.projectcalico.org shop/orders}. */
    public static String toldApart(ObjectRef policy) {
        return policy.kind().startsWith("NetworkPolicy.") ? policy.toString() : of(policy);
    }
}
