package dev.flowguard.assess.finding;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;

/**
 * What a diagnosis looks at: one policy in one cluster.
 *
 * @param policies those in force, the examined one among them
 */
record Examination(Policy policy, Snapshot cluster, PolicyView policies) {
    NamespaceShard shard() {
        return cluster.namespaceOrAssumed(policy.ref().namespace());
    }

    /** The path of a peer, as {@code spec.ingress[0].from[1]}. */
    static String place(Direction direction, Rule rule, int peer) {
        return "spec." + direction.section() + "[" + rule.index() + "]." + direction.peers() + "[" + peer + "]";
    }
}
