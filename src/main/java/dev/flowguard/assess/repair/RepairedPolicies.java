package dev.flowguard.assess.repair;

import dev.flowguard.assess.Effort;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledOverlay;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import dev.flowguard.policy.amend.Amendable;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies of a cluster with some steps of repairs made.
 *
 * @param amended policies of other kinds as they are by now, where a step has changed them
 * @param effort after which no more is tried
 */
record RepairedPolicies(Snapshot cluster, PolicyView view, Map<RuledRef, PolicySource> amended, Effort effort) {
    RepairedPolicies {
        amended = Map.copyOf(amended);
    }

    static RepairedPolicies none(Snapshot cluster, PolicyView view) {
        return none(cluster, view, Effort.unlimited());
    }

    static RepairedPolicies none(Snapshot cluster, PolicyView view, Effort effort) {
        return new RepairedPolicies(cluster, view, Map.of(), effort);
    }

    RepairedPolicies with(List<? extends Repair.Step> steps) {
        RepairedPolicies repaired = this;
        for (Repair.Step step : steps) {
            RepairedPolicies before = repaired;
            repaired = step.match(before::with, before::with, before::with);
        }
        return repaired;
    }

    /** Every policy of another kind than NetworkPolicy, as it is by now. */
    List<PolicySource> sources() {
        Map<RuledRef, PolicySource> sources = new LinkedHashMap<>();
        cluster.policySources().forEach(source -> sources.put(source.ref(), source));
        sources.putAll(amended);
        return List.copyOf(sources.values());
    }

    /** The policy of that name, if it can be amended. */
    Optional<Amendable> amendable(RuledRef policy) {
        PolicySource changed = amended.get(policy);
        return (changed == null
                        ? cluster.policySources()
                                .filter(source -> source.ref().equals(policy))
                                .findFirst()
                        : Optional.of(changed))
                .flatMap(source -> source instanceof Amendable amendable ? Optional.of(amendable) : Optional.empty());
    }

    private RepairedPolicies with(Repair.NewRule step) {
        Policy base = view.policiesIn(step.ref().namespace()).stream()
                .map(CompiledPolicy::policy)
                .filter(policy -> policy.ref().equals(step.ref()))
                .findFirst()
                .orElseGet(
                        () -> new Policy(step.ref(), step.podSelector(), Policy.Section.ABSENT, Policy.Section.ABSENT));
        return with(added(base, step));
    }

    private RepairedPolicies with(Repair.Mended step) {
        return with(step.mended());
    }

    /** With that NetworkPolicy in place of the one of its name. */
    private RepairedPolicies with(Policy changed) {
        String namespace = changed.ref().namespace();
        NamespaceShard shard = cluster.namespaceOrAssumed(namespace);
        List<CompiledPolicy> policies = new ArrayList<>();
        for (CompiledPolicy each : view.policiesIn(namespace)) {
            if (!each.policy().ref().equals(changed.ref())) {
                policies.add(each);
            }
        }
        policies.add(shard.compile(changed));
        return new RepairedPolicies(cluster, new PolicyOverlay(view, Map.of(namespace, policies)), amended, effort);
    }

    private static Policy added(Policy base, Repair.NewRule step) {
        List<Rule> rules = new ArrayList<>(base.rules(step.direction()));
        rules.add(step.rule());
        Policy.Section opened = Policy.Section.isolating(rules);
        boolean ingress = step.direction() == Direction.INGRESS;
        return new Policy(
                base.ref(),
                base.podSelector(),
                ingress ? opened : base.ingress(),
                ingress ? base.egress() : opened,
                base.unknownFields());
    }

    /** What the plugin would not evaluate, or would refuse, changes nothing, so that it repairs nothing. */
    private RepairedPolicies with(Repair.Amended step) {
        PolicySource policy = step.amendment().policy();
        Mapping mapping = policy.mapping(cluster.surroundings());
        Map<RuledRef, PolicySource> now = new LinkedHashMap<>(amended);
        now.put(policy.ref(), policy);
        RuledPolicies ruled = mapping.match(
                rules -> view.ruled().replacing(policy.ref(), rules.policies()),
                ignored -> view.ruled(),
                unclear -> view.ruled());
        return new RepairedPolicies(cluster, new RuledOverlay(view, ruled), now, effort);
    }
}
