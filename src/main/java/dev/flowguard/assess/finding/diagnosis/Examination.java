package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.cluster.CompiledPolicy;
import dev.flowguard.cluster.EnforcedPolicies;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyOverlay;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a diagnosis looks at: one policy in one cluster, and what was in force before it came. */
public final class Examination {
    /** Every cluster has it, so where it is missing only a part of a cluster is seen: a folder of one team's manifests. */
    private static final String ALWAYS_THERE = "kube-system";

    private final Policy written;
    private final CompiledPolicy examined;
    private final Snapshot cluster;
    private final NamespaceShard shard;
    private final PolicyView before;
    private final PolicyView after;
    private final List<Workload> selected;
    private final List<CompiledPolicy> others;
    private final List<RuleSite> rules;
    private final List<PodPeer> podPeers;
    private final List<BlockPeer> blockPeers;
    private final List<RulePort> ports;
    private final Map<PodPeer, Boolean> dangling = new HashMap<>();
    private final Map<RuleSite, Destinations> destinations = new HashMap<>();
    private final KnownPorts knownPorts;
    private final boolean ofState;

    /** @param after the policies in force, the examined one among them */
    public Examination(Policy written, Snapshot cluster, PolicyView before, PolicyView after) {
        this(written, cluster, before, after, false);
    }

    /** @param ofState whether the policy is one of many that are looked at together, and not one that has just come */
    public Examination(Policy written, Snapshot cluster, PolicyView before, PolicyView after, boolean ofState) {
        Policy policy = EnforcedPolicies.by(cluster.cni(), written);
        this.written = written;
        this.ofState = ofState;
        this.cluster = cluster;
        this.knownPorts = new KnownPorts(cluster);
        this.shard = cluster.namespaceOrAssumed(policy.ref().namespace());
        this.examined = shard.compile(policy);
        this.selected = shard.workloads(examined.selected());
        this.before = EnforcedPolicies.by(cluster.cni(), before);
        this.after = EnforcedPolicies.by(cluster.cni(), after);
        this.others = this.after.policiesIn(shard.name()).stream()
                .filter(other -> !other.policy().ref().equals(policy.ref()))
                .toList();
        this.rules = directions()
                .flatMap(direction -> policy.rules(direction).stream()
                        .filter(Rule::isUnderstood)
                        .map(rule -> new RuleSite(direction, rule)))
                .toList();
        this.podPeers = each(RuleSite::podPeers);
        this.blockPeers = each(RuleSite::blockPeers);
        this.ports = each(RuleSite::ports);
    }

    private <T> List<T> each(Function<RuleSite, Stream<T>> part) {
        return rules.stream().flatMap(part).toList();
    }

    /** As the network plugin reads it. */
    public Policy policy() {
        return examined.policy();
    }

    /** As it stands in the object. */
    public Policy written() {
        return written;
    }

    public Snapshot cluster() {
        return cluster;
    }

    /** Whether nothing is on its way: what is missed beside the policy is missed for good. */
    public boolean isOfState() {
        return ofState;
    }

    /** The policy's namespace. */
    public NamespaceShard shard() {
        return shard;
    }

    public PolicyView before() {
        return before;
    }

    public PolicyView after() {
        return after;
    }

    /** What would be in force without the examined policy. */
    public PolicyView without() {
        return new PolicyOverlay(after, Map.of(shard.name(), others));
    }

    public CompiledPolicy examined() {
        return examined;
    }

    /** The workloads that the policy selects, none of them on the host network. */
    public List<Workload> selected() {
        return selected;
    }

    /** The other policies in force in the namespace. */
    public List<CompiledPolicy> others() {
        return others;
    }

    /** The directions that the policy isolates. */
    public Stream<Direction> directions() {
        return Stream.of(Direction.values()).filter(policy()::isolates);
    }

    /** The rules in force, but for those with fields that this version does not know. */
    public Stream<RuleSite> rules() {
        return rules.stream();
    }

    public Stream<RuleSite> rules(Direction direction) {
        return rules().filter(rule -> rule.direction() == direction);
    }

    public Stream<PodPeer> podPeers() {
        return podPeers.stream();
    }

    public Stream<BlockPeer> blockPeers() {
        return blockPeers.stream();
    }

    public Stream<RulePort> ports() {
        return ports.stream();
    }

    /** What a diagnosis says of each port of each rule, given the pods whose ports the rule speaks of. */
    public Stream<Remark> eachPort(BiFunction<RulePort, Destinations, Optional<Remark>> diagnosis) {
        List<Remark> remarks = new ArrayList<>();
        for (RulePort port : ports) {
            diagnosis.apply(port, destinations(port.rule())).ifPresent(remarks::add);
        }
        return remarks.stream();
    }

    public KnownPorts knownPorts() {
        return knownPorts;
    }

    /** Several diagnoses ask, and a rule may speak of many pods, so each rule is looked at once. */
    private Destinations destinations(RuleSite rule) {
        return destinations.computeIfAbsent(rule, site -> Destinations.of(site, this));
    }

    /** The namespaces in which the peer's pods are looked for. */
    public List<NamespaceShard> scope(PodPeer peer) {
        return peer.peer()
                .namespaces()
                .match(() -> List.of(shard), matching -> cluster.namespacesMatching(matching.selector()));
    }

    /**
     * Whether the namespaces of the peer exist and none of their pods, not even one on the host network, has the labels that it
     * asks for. Several diagnoses ask, and a peer may speak of every namespace, so each is looked at once.
     */
    public boolean isDangling(PodPeer peer) {
        return dangling.computeIfAbsent(peer, this::matchesNothing);
    }

    private boolean matchesNothing(PodPeer peer) {
        LabelSelector pods = peer.peer().pods();
        List<NamespaceShard> scope = pods.selectsEverything() ? List.of() : scope(peer);
        return !scope.isEmpty()
                && scope.stream().allMatch(shard -> shard.select(pods).isEmpty());
    }

    /** Whether no pods are known at all: what matches none then shows nothing. */
    public boolean seesNobody() {
        return cluster.namespaces().stream().allMatch(other -> other.workloads().isEmpty());
    }

    /** Whether namespaces that are not known surely do not exist. */
    public boolean seesWholeCluster() {
        return cluster.namespace(ALWAYS_THERE).isPresent() && !cluster.dns().isAssumed();
    }
}
