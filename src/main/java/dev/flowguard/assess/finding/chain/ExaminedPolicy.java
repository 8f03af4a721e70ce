package dev.flowguard.assess.finding.chain;

import dev.flowguard.cluster.Mapped;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.chain.ChainRule;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mapping;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A policy of another kind than NetworkPolicy in one cluster, among those that are in force with it. */
final class ExaminedPolicy {
    /** Every cluster has it, so where it is missing only a part of a cluster is seen. */
    private static final String ALWAYS_THERE = "kube-system";

    private final Mapped examined;
    private final RuledPolicies inForce;
    private final Snapshot cluster;
    private final EndsMatcher ends;
    private final boolean ofState;
    private final Map<RuledPolicy, Earlier> earlier = new IdentityHashMap<>();

    /** @param ofState whether it is one of many that are looked at together, and not one that has just come */
    ExaminedPolicy(Mapped examined, RuledPolicies inForce, Snapshot cluster, EndsMatcher ends, boolean ofState) {
        this.examined = examined;
        this.inForce = inForce;
        this.cluster = cluster;
        this.ends = ends;
        this.ofState = ofState;
    }

    /** As it is written, if it is of that kind. */
    <T extends PolicySource> Stream<T> as(Class<T> kind) {
        return Stream.of(examined.source()).filter(kind::isInstance).map(kind::cast);
    }

    /** What else of that kind is in force. */
    <T extends PolicySource> Stream<T> others(Class<T> kind) {
        return cluster.mapped().stream()
                .map(Mapped::source)
                .filter(source -> !source.ref().equals(examined.source().ref()))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    ObjectRef object() {
        return ObjectRef.of(examined.source().ref());
    }

    /** What it comes down to. */
    Mapping mapping() {
        return examined.mapping();
    }

    /** The field of a rule in the object. */
    static String place(ChainRule rule) {
        return rule.path().startsWith("specs[") ? rule.path() : "spec." + rule.path();
    }

    /** What of it is asked; nothing where its rules are not. */
    List<RuledPolicy> ruled() {
        return mapping().match(Mapping.Ruled::policies, ignored -> List.of(), unclear -> List.of());
    }

    /** All that are asked, those that are asked first before others. */
    List<RuledPolicy> inForce() {
        return inForce.all();
    }

    /** What else is asked, with those of {@link #ruled}. */
    RuledPolicies all() {
        return inForce;
    }

    /** What is asked before that one of {@link #ruled}; several ask. */
    Earlier earlier(RuledPolicy own) {
        return earlier.computeIfAbsent(own, each -> new Earlier(inForce, each));
    }

    Snapshot cluster() {
        return cluster;
    }

    /** Whether what is said of two policies is to be said of one of them only. */
    boolean isOfState() {
        return ofState;
    }

    /** The namespaces in which it may select pods. */
    List<NamespaceShard> scope() {
        String namespace = examined.source().ref().namespace();
        return namespace.isEmpty() ? cluster.namespaces() : List.of(cluster.namespaceOrAssumed(namespace));
    }

    /** The pods that the policy selects, or may. */
    Stream<Workload> selected(RuledPolicy policy) {
        return cluster.candidates(policy).filter(workload -> selects(policy, workload));
    }

    /** Whether some pod, of whatever namespace, is among these. */
    boolean isAnybody(Ends named) {
        return cluster.candidates(named)
                .anyMatch(workload -> !ends.selects(named, workload).isNo());
    }

    /** Whether pods that are not known surely do not exist. */
    boolean seesWholeCluster() {
        return cluster.namespace(ALWAYS_THERE).isPresent() && !cluster.dns().isAssumed();
    }

    boolean selects(RuledPolicy policy, Workload workload) {
        boolean inReach =
                policy.ref().isClusterScoped() || policy.ref().namespace().equals(workload.namespace());
        return inReach && !ends.selects(policy.subject(), workload).isNo();
    }
}
