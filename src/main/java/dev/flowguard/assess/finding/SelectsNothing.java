package dev.flowguard.assess.finding;

import dev.flowguard.assess.Finding;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import java.util.stream.Stream;

/** The policy's podSelector matches no workload of its namespace, so the policy has no effect. */
final class SelectsNothing implements Diagnosis {
    @Override
    public String id() {
        return "selects-nothing";
    }

    @Override
    public Stream<Finding> examine(Examination examination) {
        Policy policy = examination.policy();
        LabelSelector selector = policy.podSelector();
        NamespaceShard shard = examination.shard();
        if (selector.selectsEverything() || !shard.select(selector).isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                id(),
                policy.ref(),
                "spec.podSelector",
                "NetworkPolicy " + policy.ref() + " selects nothing: no pod in " + shard.name() + " has " + selector,
                "The policy has no effect until a pod with these labels exists. If that is not intended, compare the"
                        + " selector with the labels that the pods of the namespace carry."));
    }
}
