package dev.flowguard.policy.calico;

import dev.flowguard.policy.Policy;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import dev.flowguard.policy.chain.SideInput;
import java.util.List;

/**
 * A StagedNetworkPolicy, StagedGlobalNetworkPolicy or StagedKubernetesNetworkPolicy: never enforced, but it says what somebody has in
 * mind (OTHER-POLICIES K24).
 *
 * @param enforced what it would be, which has its name; of a NetworkPolicy of Kubernetes the group is {@code networking.k8s.io}
 * @param policy it alone, where it is one of Calico; none where it would be deleted
 * @param networkPolicy likewise, where it is one of Kubernetes
 */
public record StagedPolicy(RuledRef staged, RuledRef enforced, List<PolicySource> policy, List<Policy> networkPolicy)
        implements SideInput {
    /** Before the kind that it would be. */
    public static final String PREFIX = "Staged";

    public static final String KUBERNETES_KIND = "StagedKubernetesNetworkPolicy";
    public static final String KUBERNETES_GROUP = "networking.k8s.io";

    public StagedPolicy {
        policy = List.copyOf(policy);
        networkPolicy = List.copyOf(networkPolicy);
    }

    public boolean isOfKubernetes() {
        return enforced.group().equals(KUBERNETES_GROUP);
    }
}
