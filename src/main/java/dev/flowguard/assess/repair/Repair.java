package dev.flowguard.assess.repair;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules that make a broken flow work again; the engine has judged that they do. */
public record Repair(List<Step> steps) {
    /**
     * One rule to add.
     *
     * @param policy the policy that takes the rule; a name to give where it is to be made
     * @param podSelector whom the policy selects
     * @param exists whether there is such a policy already
     */
    public record Step(PolicyRef policy, LabelSelector podSelector, boolean exists, Direction direction, Rule rule) {
        /** The policies as they are with this rule added to them. */
        PolicyView apply(Snapshot cluster, PolicyView view) {
            NamespaceShard shard = cluster.namespaceOrAssumed(policy.namespace());
            List<CompiledPolicy> policies = new ArrayList<>();
            Policy base = new Policy(policy, podSelector, Policy.Section.ABSENT, Policy.Section.ABSENT);
            for (CompiledPolicy each : view.policiesIn(policy.namespace())) {
                if (each.policy().ref().equals(policy)) {
                    base = each.policy();
                } else {
                    policies.add(each);
                }
            }
            policies.add(shard.compile(addedTo(base)));
            return new PolicyOverlay(view, Map.of(policy.namespace(), policies));
        }

        private Policy addedTo(Policy base) {
            List<Rule> rules = new ArrayList<>(base.rules(direction));
            rules.add(rule);
            Policy.Section opened = Policy.Section.isolating(rules);
            boolean ingress = direction == Direction.INGRESS;
            return new Policy(
                    base.ref(),
                    base.podSelector(),
                    ingress ? opened : base.ingress(),
                    ingress ? base.egress() : opened,
                    base.unknownFields());
        }
    }

    public Repair {
        steps = List.copyOf(steps);
    }

    /** The policies as they are with all of it made. */
    PolicyView apply(Snapshot cluster, PolicyView view) {
        PolicyView repaired = view;
        for (Step step : steps) {
            repaired = step.apply(cluster, repaired);
        }
        return repaired;
    }
}
