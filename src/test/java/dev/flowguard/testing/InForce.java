package dev.flowguard.testing;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Policy;
import java.util.List;

/** Just these policies, in this order, whatever the snapshot has. */
public record InForce(Snapshot cluster, List<Policy> policies) implements PolicyView {
    @Override
    public List<CompiledPolicy> policiesIn(String namespace) {
        return policies.stream()
                .filter(policy -> policy.ref().namespace().equals(namespace))
                .map(policy -> cluster.namespaceOrAssumed(namespace).compile(policy))
                .toList();
    }
}
