package dev.flowguard.verdict.chain;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.RuledPolicies;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.verdict.match.EndsMatcher;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods have a chain: those that a policy of another kind than NetworkPolicy selects. All others are left to NetworkPolicies alone,
 * which is quicker. For one thread.
 */
public final class Chains {
    private final Snapshot cluster;
    private final PolicyView policies;
    private final RuledPolicies ruled;
    private final EndsMatcher ends;
    private final CniProfile cni;
    private final Map<Direction, Map<Workload, Optional<Chain>>> known = new EnumMap<>(Direction.class);

    private final Map<Direction, Optional<Chain>> onNodes = new EnumMap<>(Direction.class);

    /** Those in force before a change, which most pods share; none where there are no others. */
    private final Optional<Chains> before;

    /** Those that differ there. */
    private final List<RuledPolicy> altered;

    public Chains(Snapshot cluster, PolicyView policies, EndsMatcher ends) {
        this(cluster, policies, ends, Optional.empty());
    }

    /** @param before others of the same cluster, with the same NetworkPolicies */
    public Chains(Snapshot cluster, PolicyView policies, EndsMatcher ends, Optional<Chains> before) {
        this.cluster = cluster;
        this.before = before;
        this.altered = before.map(others -> policies.ruled().alteredSince(others.ruled))
                .orElse(List.of());
        this.policies = policies;
        this.ruled = policies.ruled();
        this.ends = ends;
        this.cni = cluster.cni();
    }

    /** Whether no pod has a chain. */
    public boolean isEmpty() {
        return ruled.all().isEmpty();
    }

    /** The chain of these pods in that direction; empty where NetworkPolicies alone decide. */
    public Optional<Chain> of(Workload subject, Direction direction) {
        if (subject.hostNetwork() || ruled.all().isEmpty()) {
            return Optional.empty();
        }
        return known.computeIfAbsent(direction, key -> new HashMap<>())
                .computeIfAbsent(
                        subject,
                        workload -> before.filter(others -> isUntouched(workload))
                                .map(others -> others.of(workload, direction))
                                .orElseGet(() -> make(workload, direction)));
    }

    /** What policies that may be for nodes say there, for any node; empty where none is. It never surely denies (OTHER-POLICIES K26). */
    public Optional<Chain> onNodes(Direction direction) {
        return ruled.all().isEmpty()
                ? Optional.empty()
                : onNodes.computeIfAbsent(
                        direction,
                        key -> before.filter(others -> altered.stream()
                                        .noneMatch(policy -> policy.onNodes().mayBe(cluster.labelsOfNodes())))
                                .map(others -> others.onNodes(direction))
                                .orElseGet(() -> makeOnNodes(direction)));
    }

    private Optional<Chain> makeOnNodes(Direction direction) {
        ChainMaker maker = new ChainMaker(cni, direction);
        ruled.onNodes(cluster.labelsOfNodes()).stream()
                .filter(policy -> policy.section(direction).isPresent())
                .forEach(policy -> maker.add(policy, Answer.UNKNOWN));
        return maker.isEmpty() ? Optional.empty() : Optional.of(maker.chain());
    }

    private boolean isUntouched(Workload subject) {
        return altered.stream()
                .allMatch(policy -> ends.selects(policy.subject(), subject).isNo());
    }

    private Optional<Chain> make(Workload subject, Direction direction) {
        ChainMaker maker = new ChainMaker(cni, direction);
        for (RuledPolicy policy : ruled.candidates(subject, cluster.namespaceLabels(subject))) {
            if (policy.section(direction).isPresent()) {
                Answer selects = ends.selects(policy.subject(), subject);
                if (!selects.isNo()) {
                    maker.add(policy, selects);
                }
            }
        }
        if (maker.isEmpty()) {
            return Optional.empty();
        }
        for (CompiledPolicy policy : policies.policiesIn(subject.namespace())) {
            if (!policy.policy().isUnderstood() || policy.isolates(subject, direction)) {
                maker.add(policy);
            } else if (policy.selected().contains(subject)) {
                maker.addOfOtherDirection(policy);
            }
        }
        return Optional.of(maker.chain());
    }

    /** As an object of the API, whatever its kind. */
    static ObjectRef object(RuledPolicy policy) {
        return ObjectRef.of(policy.ref());
    }
}
