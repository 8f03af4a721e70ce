package dev.flowguard.cluster;

import dev.flowguard.policy.Policy;
import dev.flowguard.policy.chain.PluginFamily;
import java.util.List;

/**
 * NetworkPolicies as Cilium reads them: rules of a direction that the policy types leave out count all the same, and isolate
 * (OTHER-POLICIES L28, against SEMANTICS I5).
 */
public record EnforcedPolicies(PolicyView base) implements PolicyView {
    /** The policies as that plugin reads them. */
    public static PolicyView by(CniProfile cni, PolicyView policies) {
        return cni.family() == PluginFamily.CILIUM && !(policies instanceof EnforcedPolicies)
                ? new EnforcedPolicies(policies)
                : policies;
    }

    /** The policy as that plugin reads it. */
    public static Policy by(CniProfile cni, Policy policy) {
        return cni.family() == PluginFamily.CILIUM ? policy.withLeftOutRules() : policy;
    }

    @Override
    public List<CompiledPolicy> policiesIn(String namespace) {
        List<CompiledPolicy> written = base.policiesIn(namespace);
        for (CompiledPolicy policy : written) {
            if (policy.policy().leavesOutRules()) {
                return written.stream().map(EnforcedPolicies::enforced).toList();
            }
        }
        return written;
    }

    private static CompiledPolicy enforced(CompiledPolicy policy) {
        return policy.policy().leavesOutRules()
                ? new CompiledPolicy(policy.policy().withLeftOutRules(), policy.selected())
                : policy;
    }

    @Override
    public RuledPolicies ruled() {
        return base.ruled();
    }
}
