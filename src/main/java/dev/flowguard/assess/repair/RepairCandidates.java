package dev.flowguard.assess.repair;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.DnsLabel;
import dev.flowguard.contract.Flow;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules of NetworkPolicies that may repair a flow. A rule goes into a policy that selects nobody but the workloads that are cut, a
 * preferred one before others, and where there is none into a policy of its own, so that it opens nothing for others. A policy
 * without rules is a deny, and stays one.
 */
final class RepairCandidates {
    static final int MOST_CHARACTERS_OF_FLOW = 44;

    private final Snapshot cluster;
    private final PolicyView policies;
    private final Set<PolicyRef> preferred;
    private final String flow;
    private final Set<PolicyRef> named = new HashSet<>();

    /** @param policies those in force */
    RepairCandidates(Snapshot cluster, PolicyView policies, Set<PolicyRef> preferred, Flow flow) {
        this.cluster = cluster;
        this.policies = policies;
        this.preferred = preferred;
        this.flow = DnsLabel.of(flow.name(), MOST_CHARACTERS_OF_FLOW);
    }

    /** A rule in an existing policy if one fits, else in a new one. */
    Repair.NewRule step(Need need) {
        NamespaceShard shard = cluster.namespaceOrAssumed(need.namespace());
        Rule rule = Rule.of(0, need.others(), need.ports());
        return policies.policiesIn(need.namespace()).stream()
                .filter(policy -> policy.policy().isUnderstood()
                        && !policy.policy().rules(need.direction()).isEmpty())
                .filter(policy -> selectsJust(policy, shard, need))
                .min(Comparator.comparing(
                        policy -> !preferred.contains(policy.policy().ref())))
                .map(policy -> new Repair.NewRule(
                        policy.policy().ref(), policy.policy().podSelector(), true, need.direction(), rule))
                .orElseGet(() -> new Repair.NewRule(freeName(need), need.selecting(), false, need.direction(), rule));
    }

    private static boolean selectsJust(CompiledPolicy policy, NamespaceShard shard, Need need) {
        return policy.selected().size() == need.subjects().size()
                && shard.workloads(policy.selected()).stream().allMatch(need.subjects()::contains);
    }

    /** A name after the flow, which no policy of the namespace has. */
    private PolicyRef freeName(Need need) {
        String base = "allow-" + flow + "-" + need.direction().section();
        Set<String> taken = policies.policiesIn(need.namespace()).stream()
                .map(policy -> policy.policy().ref().name())
                .collect(Collectors.toSet());
        PolicyRef ref = new PolicyRef(need.namespace(), base);
        for (int i = 2; taken.contains(ref.name()) || named.contains(ref); i++) {
            ref = new PolicyRef(need.namespace(), base + "-" + i);
        }
        named.add(ref);
        return ref;
    }
}
