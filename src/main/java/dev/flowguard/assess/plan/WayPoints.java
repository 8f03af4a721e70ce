package dev.flowguard.assess.plan;

import dev.flowguard.assess.Change;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledOverlay;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.PolicyRef;
import dev.flowguard.verdict.Reachability;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The states in which a cluster can be while some changes are made: each is the set of those already made. */
final class WayPoints {
    private final Snapshot cluster;
    private final List<Change> changes;
    private final Map<BitSet, Reachability> known = new HashMap<>();

    /** Numbers of changes of objects of other kinds. */
    private final BitSet others = new BitSet();

    private final Map<BitSet, RuledPolicies> ruled = new HashMap<>();

    /** @param cluster in which none of the changes is made */
    WayPoints(Snapshot cluster, List<Change> changes) {
        this.cluster = cluster;
        this.changes = changes;
        for (int number = 0; number < changes.size(); number++) {
            others.set(number, !changes.get(number).others().isEmpty());
        }
    }

    Reachability at(BitSet made) {
        return known.computeIfAbsent((BitSet) made.clone(), some -> new Reachability(cluster, policies(some)));
    }

    /** Of several changes of one policy that are made, the last one counts. */
    PolicyView policies(BitSet made) {
        Map<String, Map<PolicyRef, List<Policy>>> versions = new HashMap<>();
        made.stream()
                .filter(number -> !others.get(number))
                .mapToObj(changes::get)
                .forEach(change -> versions.computeIfAbsent(change.policy().namespace(), each -> new TreeMap<>())
                        .put(change.policy(), change.after()));
        Map<String, List<CompiledPolicy>> replaced = new HashMap<>();
        versions.forEach((namespace, changed) -> {
            NamespaceShard shard = cluster.namespaceOrAssumed(namespace);
            List<CompiledPolicy> policies = new ArrayList<>();
            for (CompiledPolicy policy : cluster.policiesIn(namespace)) {
                if (!changed.containsKey(policy.policy().ref())) {
                    policies.add(policy);
                }
            }
            changed.values().forEach(some -> some.forEach(version -> policies.add(shard.compile(version))));
            replaced.put(namespace, policies);
        });
        PolicyView view = new PolicyOverlay(cluster, replaced);
        return others.isEmpty() ? view : new RuledOverlay(view, ruled(made));
    }

    /** What the policies of other kinds come down to then, which may depend on objects that are no policies. */
    private RuledPolicies ruled(BitSet made) {
        BitSet ofOthers = (BitSet) made.clone();
        ofOthers.and(others);
        return ruled.computeIfAbsent(
                ofOthers,
                some -> cluster.with(some.stream()
                                .mapToObj(changes::get)
                                .flatMap(change -> change.others().stream())
                                .map(Change.OfOther::updated)
                                .toList())
                        .ruled());
    }
}
