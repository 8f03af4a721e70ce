package dev.flowguard.cluster;

import dev.flowguard.cluster.implied.ImpliedFlows;
import dev.flowguard.cluster.implied.Unseen;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Observations;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.Requirement;
import dev.flowguard.policy.chain.Candidates;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.LabelsOfNodes;
import dev.flowguard.policy.chain.Mark;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.policy.chain.Surroundings;
import dev.flowguard.policy.cilium.CiliumConfig;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster at one moment. Immutable; made by {@link ClusterModel}, and cheap to make anew where little has changed, since
 * shards and indexes are shared with the snapshot before.
 */
public final class Snapshot implements PolicyView {
    /** From this part of all namespaces on, it is quicker to look at all flows than for those that touch some. */
    private static final double ALL_BUT_ALL = 0.5;

    private final long generation;
    private final ClusterSettings settings;
    private final Set<String> significantKeys;
    private final Shards shards;
    private final LabelIndex namespaceLabels;
    private final ContractIndex contracts;
    private final List<Contract> implied;
    private final boolean ambientMesh;
    private final ClusterScope clusterScope;
    private final List<Fact.NodeAgent> nodeAgents;
    private final RecognisedPlugin plugin;
    private final CniProfile cni;
    private final ClusterDns dns;
    private final Set<IpFamily> families;
    private final List<String> publishers;
    private final PolicyMappings mappings;

    /** @param previous what parts may be shared with, if they are still true */
    Snapshot(
            long generation,
            ClusterSettings settings,
            Set<String> significantKeys,
            Shards shards,
            ClusterScope clusterScope,
            @Nullable Snapshot previous) {
        this.generation = generation;
        this.settings = settings;
        this.significantKeys = Set.copyOf(significantKeys);
        this.shards = shards;
        this.clusterScope = clusterScope;
        Shards.Comparison common = shards.comparedWith(previous == null ? Shards.NONE : previous.shards);
        boolean sameScope = previous != null && clusterScope.differsInPoliciesOnly(previous.clusterScope);
        this.namespaceLabels =
                previous != null && common.agreesOn(shard -> shard.entry().labels())
                        ? previous.namespaceLabels
                        : new LabelIndex(namespaces().stream()
                                .map(shard -> shard.entry().labels())
                                .toList());
        this.nodeAgents = previous != null && common.agreesOn(NamespaceShard::nodeAgents)
                ? previous.nodeAgents
                : namespaces().stream()
                        .flatMap(shard -> shard.nodeAgents().stream())
                        .toList();
        boolean sameAgents =
                previous != null && sameScope && nodeAgents == previous.nodeAgents && settings == previous.settings;
        this.plugin = previous != null && sameAgents && clusterScope == previous.clusterScope
                ? previous.plugin
                : settings.plugin(nodeAgents, clusterScope.nodes(), clusterScope::hasObjectsOf);
        this.cni = ConfiguredPlugin.enforcing(
                plugin.profile(),
                namespace(CiliumConfig.NAMESPACE).map(NamespaceShard::inputs).orElse(List.of()));
        this.dns = previous != null && sameAgents && shards == previous.shards
                ? previous.dns
                : ClusterDns.discover(
                        settings,
                        this::namespace,
                        nodeAgents.stream()
                                .filter(Fact.NodeAgent::isInKubeSystem)
                                .map(Fact.NodeAgent::name)
                                .toList());
        this.ambientMesh = previous != null && common.agreesOn(NamespaceShard::isMeshed)
                ? previous.ambientMesh
                : namespaces().stream().anyMatch(NamespaceShard::isMeshed);
        boolean sameNeeds = previous != null
                && sameScope
                && previous.dns.services().equals(dns.services())
                && common.agreesOn(NamespaceShard::needs);
        this.implied = previous != null && sameNeeds
                ? previous.implied
                : ImpliedFlows.of(
                        namespaces().stream().map(NamespaceShard::needs).toList(),
                        clusterScope.implications(),
                        dns,
                        settings.implied());
        this.contracts = previous != null && sameNeeds && common.agreesOn(NamespaceShard::contracts)
                ? previous.contracts
                : new ContractIndex(
                        Stream.concat(contracts().stream(), implied.stream()).toList());
        this.families = previous != null && sameScope && common.agreesOn(NamespaceShard::families)
                ? previous.families
                : familiesOf(namespaces(), clusterScope);
        this.publishers = previous != null && common.agreesOn(NamespaceShard::published)
                ? previous.publishers
                : namespaces().stream()
                        .filter(shard -> !shard.published().isEmpty())
                        .map(NamespaceShard::name)
                        .toList();
        boolean samePolicies = previous != null
                && clusterScope == previous.clusterScope
                && cni == previous.cni
                && namespaceLabels == previous.namespaceLabels
                && common.agreesOn(NamespaceShard::ruled)
                && common.agreesOn(NamespaceShard::inputs)
                && common.agreesOn(NamespaceShard::otherPolicies);
        this.mappings = previous != null && samePolicies
                ? previous.mappings
                : new PolicyMappings(
                        cni,
                        settings.considerOtherPolicies(),
                        clusterScope,
                        namespaces(),
                        namespaceLabels,
                        previous == null ? null : previous.mappings);
    }

    /** Grows by one with every snapshot that the model publishes. */
    public long generation() {
        return generation;
    }

    public ClusterSettings settings() {
        return settings;
    }

    /** What was taken for the network plugin; {@link #cni()} says what follows from that and its configuration. */
    public RecognisedPlugin plugin() {
        return plugin;
    }

    public CniProfile cni() {
        return cni;
    }

    /** What policies of other kinds than NetworkPolicy may depend on beside themselves, the network plugin's configuration among it. */
    public Surroundings surroundings() {
        return mappings.surroundings();
    }

    /** All policy objects of kinds other than NetworkPolicy that are known, with what each comes down to. */
    public List<Mapped> mapped() {
        return mappings.mapped();
    }

    /** That policy object of another kind than NetworkPolicy, with what it comes down to. */
    public Optional<Mapped> mapped(ObjectRef object) {
        return observed(object).policySources().stream()
                .filter(source -> ObjectRef.of(source.ref()).equals(object))
                .flatMap(source -> mappings.mapped(source).stream())
                .findFirst();
    }

    public ClusterDns dns() {
        return dns;
    }

    /** Ascending by name. */
    public List<NamespaceShard> namespaces() {
        return shards.ordered();
    }

    /** The labels that pods carry, as far as that helps to see a slip in a selector. */
    public Vocabulary vocabulary() {
        return shards.vocabulary();
    }

    public Optional<NamespaceShard> namespace(String name) {
        return Optional.ofNullable(shards.get(name));
    }

    /** The namespace of that name; one of which nothing is known is assumed to exist, empty and unlabelled (SEMANTICS P15). */
    public NamespaceShard namespaceOrAssumed(String name) {
        return namespace(name).orElseGet(() -> NamespaceShard.of(name, List.of(), Set.of()));
    }

    /** The labels of its namespace. */
    public Labels namespaceLabels(Workload workload) {
        return namespaceOrAssumed(workload.namespace()).entry().labels();
    }

    public List<NamespaceShard> namespacesMatching(LabelSelector selector) {
        if (selector.selectsEverything()) {
            return namespaces();
        }
        for (Requirement requirement : selector.requirements()) {
            if (ContractIndex.namesNamespaces(requirement)) {
                return matching(selector, requirement.values());
            }
        }
        return namespaceLabels.select(selector).stream()
                .mapToObj(namespaces()::get)
                .toList();
    }

    /** Those in which a live pod or a Service has an address in that range. */
    public List<NamespaceShard> namespacesWithAddressIn(AddressRange range) {
        if (range.hasMoreThan(namespaces().size())) {
            return namespaces().stream()
                    .filter(shard -> shard.hasAddressIn(range))
                    .toList();
        }
        Set<NamespaceShard> found = new LinkedHashSet<>();
        range.addresses().forEach(address -> found.addAll(shards.knowing(address)));
        return List.copyOf(found);
    }

    private List<NamespaceShard> matching(LabelSelector selector, Collection<String> names) {
        List<NamespaceShard> matching = new ArrayList<>(names.size());
        for (String name : names) {
            @Nullable NamespaceShard shard = shards.get(name);
            if (shard != null && selector.matches(shard.entry().labels())) {
                matching.add(shard);
            }
        }
        return matching;
    }

    public Optional<ServiceEntry> service(String namespace, String name) {
        return namespace(namespace).flatMap(shard -> shard.service(name));
    }

    /** The Service of type ExternalName that has that name. */
    public Optional<Fact.Alias> alias(String namespace, String name) {
        return namespace(namespace).flatMap(shard -> shard.alias(name));
    }

    @Override
    public List<CompiledPolicy> policiesIn(String namespace) {
        @Nullable NamespaceShard shard = shards.get(namespace);
        return shard == null ? List.of() : shard.policies();
    }

    @Override
    public RuledPolicies ruled() {
        return mappings.ruled();
    }

    /** Every policy of another kind than NetworkPolicy, as it is written. */
    public Stream<PolicySource> policySources() {
        return Stream.concat(
                clusterScope.ruled().stream(), namespaces().stream().flatMap(shard -> shard.ruled().stream()));
    }

    /** What is known of that object. */
    public Optional<Observation> observation(ObjectRef object) {
        String scope = ClusterModel.scopeOf(object);
        return scope.isEmpty()
                ? clusterScope.observation(object)
                : namespace(scope).flatMap(shard -> shard.observation(object));
    }

    /** The labels of the nodes that have that address. */
    public List<Labels> nodeLabels(Address address) {
        return clusterScope.nodeLabels(address);
    }

    /** What labels nodes bear. */
    public LabelsOfNodes labelsOfNodes() {
        return clusterScope.labelsOfNodes();
    }

    /** The declared flows, and then those that are implied. */
    public List<DeclaredFlow> flows() {
        return contracts.all();
    }

    /** What is not seen of it. */
    public Unseen unseen() {
        return Unseen.of(clusterScope.implications());
    }

    /** Whether some pods are in Istio's ambient mesh. */
    public boolean hasAmbientMesh() {
        return ambientMesh;
    }

    /** From which the addresses of pods are taken, as far as nodes say. */
    public List<Cidr> podRanges() {
        return clusterScope.nodes().stream()
                .flatMap(node -> node.podRanges().stream())
                .toList();
    }

    /** What the objects of the cluster imply, one contract for each that implies something. */
    public List<Contract> implied() {
        return implied;
    }

    /** What the implied flows of that kind may do about a change in that namespace; empty: they are not looked at. */
    public Optional<Enforcement> impliedLevel(ImpliedKind kind, NamespaceEntry namespace) {
        return ImpliedFlows.in(namespace, settings.implied()).of(kind);
    }

    /**
     * The namespaces in which there may be pods that the policy selects.
     *
     * @param policy of this snapshot or of one with the same namespaces
     */
    public List<NamespaceShard> holding(RuledPolicy policy) {
        return policy.ref().isClusterScoped()
                ? holding(policy.subject())
                : namespace(policy.ref().namespace()).map(List::of).orElse(List.of());
    }

    /** The namespaces of which the traffic of pods may end otherwise by the policy. */
    public List<NamespaceShard> touchedBy(RuledPolicy policy) {
        return policy.onNodes().mayBe(labelsOfNodes()) ? namespaces() : holding(policy);
    }

    /** The namespaces in which there may be pods that the expression means. */
    private List<NamespaceShard> holding(Ends ends) {
        Optional<Set<Mark>> marks = Candidates.of(ends, Snapshot::effort);
        if (marks.isEmpty()) {
            return namespaces();
        }
        if (marks.get().stream().allMatch(Snapshot::namesNamespace)) {
            return marks.get().stream()
                    .flatMap(mark -> namespace(mark.value()).stream())
                    .sorted(Comparator.comparing(NamespaceShard::name))
                    .toList();
        }
        List<NamespaceShard> holding = new ArrayList<>();
        for (NamespaceShard shard : namespaces()) {
            if (shard.bears(marks.get())) {
                holding.add(shard);
            }
        }
        return holding;
    }

    /** The pods of the pod network that the policy may select, and few that it does not. */
    public Stream<Workload> candidates(RuledPolicy policy) {
        return candidates(holding(policy), policy.subject());
    }

    /** The pods of the pod network that the expression may mean, and few that it does not. */
    public Stream<Workload> candidates(Ends ends) {
        return candidates(holding(ends), ends);
    }

    private static Stream<Workload> candidates(List<NamespaceShard> shards, Ends ends) {
        return shards.stream().flatMap(shard -> shard.workloads(shard.candidates(ends)).stream());
    }

    /** The namespaces of one mark are found by name; all others are asked one by one. */
    private static long effort(Mark mark) {
        return namesNamespace(mark) ? 1 : 1_000;
    }

    private static boolean namesNamespace(Mark mark) {
        return mark.bearer() == Mark.Bearer.NAMESPACE && mark.key().equals(LabelSelector.NAMESPACE_NAME);
    }

    /** The declared flows that may have an end in one of those namespaces. */
    public List<DeclaredFlow> flowsTouching(Collection<NamespaceShard> touched) {
        if (touched.size() > ALL_BUT_ALL * namespaces().size()) {
            return flows();
        }
        BitSet touching = new BitSet(flows().size());
        touched.forEach(shard -> mark(touching, shard));
        return touching.stream().mapToObj(flows()::get).toList();
    }

    /** The declared flows that may have an end in that namespace. */
    public List<DeclaredFlow> flowsTouching(NamespaceShard namespace) {
        BitSet touching = new BitSet(flows().size());
        mark(touching, namespace);
        return touching.stream().mapToObj(flows()::get).toList();
    }

    /** Marks the places of those flows; a Service without a selector may lead into a namespace that is not its own. */
    private void mark(BitSet touching, NamespaceShard namespace) {
        markNamed(touching, namespace);
        for (String name : publishers) {
            @Nullable NamespaceShard publisher = shards.get(name);
            if (publisher != null && publisher != namespace && leadsInto(namespace, publisher)) {
                markNamed(touching, publisher);
            }
        }
    }

    private void markNamed(BitSet touching, NamespaceShard namespace) {
        contracts.mark(touching, namespace.entry(), dns.livesIn(namespace.name()));
    }

    private static boolean leadsInto(NamespaceShard namespace, NamespaceShard publisher) {
        for (Address address : publisher.published()) {
            if (!namespace.havingOnPodNetwork(address).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The places, among {@link #flows()}, of those that may stand otherwise than in an earlier snapshot. Empty where something has
     * changed that any flow may depend on, such as what is declared, the labels of namespaces, or the network plugin.
     */
    public Optional<BitSet> flowsChangedSince(Snapshot earlier) {
        boolean dependOnNamespacesAlone = contracts == earlier.contracts
                && clusterScope.differsInPoliciesOnly(earlier.clusterScope)
                && judgesLike(earlier)
                && ruled().agreesOnUnclear(earlier.ruled())
                && dns.equals(earlier.dns);
        if (!dependOnNamespacesAlone) {
            return Optional.empty();
        }
        BitSet changed = new BitSet();
        shards.notIn(earlier.shards).forEach(shard -> mark(changed, shard));
        earlier.shards.notIn(shards).forEach(shard -> earlier.mark(changed, shard));
        ruled().alteredSince(earlier.ruled())
                .forEach(policy -> touchedBy(policy).forEach(shard -> mark(changed, shard)));
        if (!ruled().all().isEmpty()) {
            servicesAlteredSince(earlier)
                    .flatMap(service -> Stream.concat(
                            ruled().referringTo(service).stream(), earlier.ruled().referringTo(service).stream()))
                    .forEach(policy -> touchedBy(policy).forEach(shard -> mark(changed, shard)));
        }
        Stream.concat(ruled().unclearNotIn(earlier.ruled()).stream(), earlier.ruled().unclearNotIn(ruled()).stream())
                .flatMap(object -> namespace(object.namespace()).stream())
                .forEach(shard -> mark(changed, shard));
        if (!shards.haveSameAddresses(earlier.shards)) {
            contracts.markAcrossTheBorder(changed);
        }
        return Optional.of(changed);
    }

    /** Whether what policies come to has the same consequences in both. */
    private boolean judgesLike(Snapshot earlier) {
        return namespaceLabels == earlier.namespaceLabels && enforcesLike(earlier);
    }

    /** Whether connections can differ from those in an earlier snapshot only by policies, by who is there and by labels: the network plugin and its settings are the same. */
    public boolean enforcesLike(Snapshot earlier) {
        return settings.equals(earlier.settings)
                && cni == earlier.cni
                && mappings.hasSameAgents(earlier.mappings)
                && families.equals(earlier.families);
    }

    /** The Services that differ, or lead elsewhere: policies of some kinds mean by them whom they lead to, wherever that is. */
    private Stream<Ends.OfService> servicesAlteredSince(Snapshot earlier) {
        return Stream.concat(shards.notIn(earlier.shards).stream(), earlier.shards.notIn(shards).stream())
                .map(NamespaceShard::name)
                .distinct()
                .flatMap(name -> Stream.concat(
                                namespaceOrAssumed(name).servicesNotIn(earlier.namespaceOrAssumed(name)).stream(),
                                earlier.namespaceOrAssumed(name).servicesNotIn(namespaceOrAssumed(name)).stream())
                        .map(service -> new Ends.OfService(name, service)))
                .distinct();
    }

    /** All contracts that are declared, those whose flows are all mistaken included. */
    public List<Contract> contracts() {
        List<Contract> all = new ArrayList<>(clusterScope.contracts());
        namespaces().forEach(shard -> all.addAll(shard.contracts()));
        return all;
    }

    /** Whether a workload has addresses of that family: its pods, or while it has none with an address, the cluster. */
    public boolean hasAddresses(Workload workload, IpFamily family) {
        return workload.addresses().isEmpty() ? families.contains(family) : workload.has(family);
    }

    public boolean isNodeAddress(Address address) {
        return clusterScope.nodeAddresses().contains(address);
    }

    /** Whether every pod is on the same node. */
    public boolean hasOneNode() {
        return clusterScope.nodes().size() == 1;
    }

    public List<Fact.Node> nodes() {
        return clusterScope.nodes();
    }

    public Set<Address> nodeAddresses() {
        return Collections.unmodifiableSet(clusterScope.nodeAddresses());
    }

    /** The workload one of whose live pods has that address; on the host network it is its node's. */
    public Optional<Workload> workloadAt(Address address) {
        return shards.knowing(address).stream()
                .flatMap(shard -> shard.workloads().stream())
                .filter(workload -> workload.addresses().contains(address))
                .findFirst();
    }

    /** The Service with that ClusterIP. */
    public Optional<ServiceEntry> serviceAt(Address address) {
        return shards.knowing(address).stream()
                .flatMap(shard -> shard.services().stream())
                .filter(service -> service.clusterIps().contains(address))
                .findFirst();
    }

    /** Whether a pod, a Service or a node is known to have that address. */
    public boolean isClusterAddress(Address address) {
        return isNodeAddress(address) || shards.know(address);
    }

    /** Whether the range holds an address that no pod, Service or node is known to have. */
    public boolean reachesOutside(AddressRange range) {
        if (range.hasMoreThan(shards.addresses() + clusterScope.nodeAddresses().size())) {
            return true;
        }
        for (Address address : range.addresses()) {
            if (!isClusterAddress(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is any of {@link #otherPolicies}. */
    public boolean hasOtherPolicies(String namespace) {
        return !otherPolicies(namespace).isEmpty();
    }

    /** Policies of kinds that are not evaluated and that may concern pods of that namespace. */
    public List<ObjectRef> otherPolicies(String namespace) {
        return ruled().unclear(namespace);
    }

    /**
     * This cluster with workloads told apart by what these policies name too, in the namespaces where they look for pods.
     *
     * @param policies that may not be in this snapshot
     */
    public Snapshot distinguishing(Collection<Policy> policies) {
        Map<String, Set<String>> named = new HashMap<>();
        policies.forEach(policy -> policy.forEachSelector((scope, pods) -> {
            for (Requirement requirement : pods.requirements()) {
                String key = requirement.key();
                if (PerPodLabels.isPerPod(key) && !significantKeys.contains(key)) {
                    namespacesIn(scope, policy.ref().namespace())
                            .forEach(shard -> named.computeIfAbsent(shard.name(), name -> new HashSet<>())
                                    .add(key));
                }
            }
        }));
        if (named.isEmpty()) {
            return this;
        }
        List<NamespaceShard> renewed = new ArrayList<>();
        named.forEach((name, keys) -> {
            keys.addAll(significantKeys);
            renewed.add(namespaceOrAssumed(name).distinguishing(keys));
        });
        return new Snapshot(generation, settings, significantKeys, shards.with(renewed, Set.of()), clusterScope, this);
    }

    /**
     * This cluster with another observation of one object, in place of all that was known of it: what the model would publish next,
     * were it told; except that pods may stay told apart by labels which nothing names any more. Nothing is published, and
     * whoever has this snapshot sees no change.
     */
    public Snapshot with(Observation observation) {
        return with(List.of(observation));
    }

    /** As {@link #with(Observation)}, with one observation of each of several objects. */
    public Snapshot with(Collection<Observation> observations) {
        if (observations.stream()
                .allMatch(observation -> observed(observation.object()).equals(observation))) {
            return this;
        }
        Set<String> keys = new HashSet<>(significantKeys);
        Map<String, List<Observation>> byScope = new HashMap<>();
        for (Observation observation : observations) {
            keys.addAll(NamedLabelKeys.perPod(observation.facts()));
            byScope.computeIfAbsent(ClusterModel.scopeOf(observation.object()), scope -> new ArrayList<>())
                    .add(observation);
        }
        Shards distinguished = keys.size() > significantKeys.size()
                ? shards.with(
                        namespaces().stream()
                                .map(shard -> shard.distinguishing(keys))
                                .toList(),
                        Set.of())
                : shards;
        List<Observation> ofCluster = Optional.ofNullable(byScope.remove("")).orElse(List.of());
        ClusterScope scope = ofCluster.isEmpty() ? clusterScope : clusterScope.with(ofCluster);
        List<NamespaceShard> changed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        byScope.forEach((name, told) -> {
            NamespaceShard shard = namespaceOrAssumed(name).with(told, keys);
            if (shard.isUnseen()) {
                gone.add(name);
            } else {
                changed.add(shard);
            }
        });
        return new Snapshot(generation, settings, keys, distinguished.with(changed, gone), scope, this);
    }

    /** What was observed in that namespace, its Namespace object included; what is cluster-wide where the name is empty. */
    public List<Observation> observedIn(String namespace) {
        return namespace.isEmpty()
                ? clusterScope.observations()
                : namespace(namespace).map(NamespaceShard::observations).orElse(List.of());
    }

    /** What is known of that object; one that is not known tells nothing. */
    public Observation observed(ObjectRef object) {
        return Observations.of(observedIn(ClusterModel.scopeOf(object)), object);
    }

    /** Whether anything was observed of that object. */
    public boolean knows(ObjectRef object) {
        String scope = ClusterModel.scopeOf(object);
        return scope.isEmpty()
                ? clusterScope.knows(object)
                : namespace(scope).map(shard -> shard.knows(object)).orElse(false);
    }

    /** The namespaces in which a peer of a policy looks for pods. */
    private List<NamespaceShard> namespacesIn(NamespaceScope scope, String own) {
        return scope.match(
                () -> namespace(own).map(List::of).orElse(List.of()),
                matching -> namespacesMatching(matching.selector()));
    }

    /** What is seen of pods and Services, or else of nodes; a cluster of which no address is known is taken to be IPv4. */
    private static Set<IpFamily> familiesOf(List<NamespaceShard> shards, ClusterScope clusterScope) {
        Set<IpFamily> seen = new HashSet<>();
        for (NamespaceShard shard : shards) {
            seen.addAll(shard.families());
        }
        clusterScope.nodes().forEach(node -> node.podRanges().forEach(range -> seen.add(range.family())));
        if (seen.isEmpty()) {
            clusterScope.nodeAddresses().forEach(address -> seen.add(address.family()));
        }
        return seen.isEmpty() ? Set.of(IpFamily.IPV4) : Set.copyOf(seen);
    }
}
