package dev.flowguard.cluster;

import dev.flowguard.cluster.implied.Identities;
import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.implied.Needs;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.FactListener;
import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.Observations;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.PerPodLabels;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.IpFamily;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.Policy;
import dev.flowguard.policy.chain.Candidates;
import dev.flowguard.policy.chain.Ends;
import dev.flowguard.policy.chain.Mark;
import dev.flowguard.policy.chain.PolicySource;
import dev.flowguard.policy.chain.SideInput;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a snapshot: its workloads and their index, its Services, policies and contracts. Policies and pod selectors
 * never reach across namespaces, so a change of an object rebuilds its namespace's shard and no other. Immutable.
 */
public final class NamespaceShard {
    /** The label of namespaces and pods that Istio's dataplane heeds. */
    public static final String DATAPLANE_MODE = "istio.io/dataplane-mode";

    public static final String AMBIENT = "ambient";

    private final NamespaceEntry entry;
    private final List<Workload> workloads;
    private final LabelIndex index;
    private final WorkloadSet all;
    private final WorkloadSet podNetwork;
    private final Map<Owner, WorkloadSet> byOwner;
    private final SortedMap<String, ServiceEntry> services;
    private final Map<String, Fact.Alias> aliases;
    private final Map<String, List<Fact.Endpoints>> endpoints;
    private final List<Fact.Ingress> ingresses;
    private final List<CompiledPolicy> policies;
    private final List<Contract> contracts;
    private final List<ObjectRef> otherPolicies;
    private final List<PolicySource> ruled;
    private final List<SideInput> inputs;
    private final List<Fact.NodeAgent> nodeAgents;
    private final List<Fact.Staged> staged;
    private final List<Address> addresses;
    private final Set<Address> published;
    private final Set<IpFamily> families;
    private final OwnerTree owners;
    private final Needs needs;
    private final WorkloadSet dnsClients;
    private final Map<Owner, Labels> ownLabels;
    private final List<Observation> observations;

    private NamespaceShard(Builder builder, List<Observation> observations) {
        this.observations = observations;
        entry = builder.entry;
        owners = builder.owners;
        WorkloadGrouping grouping = new WorkloadGrouping(owners, builder.significantKeys);
        builder.pods.forEach(grouping::add);
        builder.templates.forEach(grouping::add);
        builder.standIns.stream().filter(builder::isNeeded).forEach(grouping::add);
        workloads = List.copyOf(grouping.workloads(entry.name()));
        index = new LabelIndex(workloads.stream().map(Workload::labels).toList());
        all = WorkloadSet.first(workloads.size());
        podNetwork = all.keeping(workloads, workload -> !workload.hostNetwork());
        byOwner = byOwner(workloads);
        services = new TreeMap<>(builder.services);
        aliases = Map.copyOf(builder.aliases);
        endpoints = Map.copyOf(builder.endpoints);
        ingresses = List.copyOf(builder.ingresses);
        policies = builder.policies.stream()
                .sorted(Comparator.comparing(policy -> policy.ref().name()))
                .map(this::compile)
                .toList();
        contracts = new AnnotatedContracts(entry.name(), owners, builder.contracts).merged();
        otherPolicies = List.copyOf(builder.otherPolicies);
        ruled = List.copyOf(builder.ruled);
        inputs = List.copyOf(builder.inputs);
        nodeAgents = List.copyOf(builder.nodeAgents);
        staged = List.copyOf(builder.staged);
        addresses = Stream.concat(
                        workloads.stream().map(Workload::addresses),
                        services.values().stream().map(ServiceEntry::clusterIps))
                .flatMap(List::stream)
                .sorted()
                .distinct()
                .toList();
        published = published(services, endpoints);
        ownLabels = Collections.unmodifiableMap(builder.ownLabels);
        Identities identities = Identities.of(builder.implications, owners::topmost);
        needs = Needs.of(this, builder.implications, identities);
        dnsClients = podNetwork.without(identities.resolvingElsewhere(this));
        families = Stream.concat(
                        workloads(podNetwork).stream().map(Workload::addresses),
                        services.values().stream().map(ServiceEntry::clusterIps))
                .flatMap(List::stream)
                .map(Address::family)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Builds a shard from all facts of a namespace.
     *
     * @param significantKeys the keys of {@link PerPodLabels} that some selector in the cluster names
     */
    static NamespaceShard of(String namespace, Collection<Observation> observations, Set<String> significantKeys) {
        Builder builder = new Builder(namespace, significantKeys);
        observations.forEach(observation -> observation.facts().forEach(fact -> fact.accept(builder)));
        return new NamespaceShard(builder, List.copyOf(observations));
    }

    NamespaceShard distinguishing(Set<String> significantKeys) {
        return of(name(), observations, significantKeys);
    }

    /** This with other observations of some of its objects, in place of what was known of them. */
    NamespaceShard with(List<Observation> told, Set<String> significantKeys) {
        return of(name(), new Observations(observations).with(told).ordered(), significantKeys);
    }

    List<Observation> observations() {
        return observations;
    }

    boolean knows(ObjectRef object) {
        return !Observations.of(observations, object).isGone();
    }

    Optional<Observation> observation(ObjectRef object) {
        return Optional.of(Observations.of(observations, object)).filter(known -> !known.isGone());
    }

    /** Whether nothing at all was observed in it. */
    boolean isUnseen() {
        return observations.isEmpty();
    }

    public String name() {
        return entry.name();
    }

    public NamespaceEntry entry() {
        return entry;
    }

    /** All workloads, each at its index. */
    public List<Workload> workloads() {
        return workloads;
    }

    /** The workloads of a set of this shard. */
    public List<Workload> workloads(WorkloadSet set) {
        List<Workload> members = new ArrayList<>(set.size());
        set.forEach(index -> members.add(workloads.get(index)));
        return Collections.unmodifiableList(members);
    }

    /** Those that are not on the host network: all that a policy can select. */
    public WorkloadSet podNetwork() {
        return podNetwork;
    }

    /** The workloads that policies of pods do not select. */
    public WorkloadSet hostNetwork() {
        return all.without(podNetwork);
    }

    /** Those that resolve names by the cluster's DNS. */
    public WorkloadSet dnsClients() {
        return dnsClients;
    }

    /** The labels of controllers that their pods do not get. */
    public Map<Owner, Labels> ownLabels() {
        return ownLabels;
    }

    /** Whether Istio's ambient mesh has pods here. */
    boolean isMeshed() {
        return AMBIENT.equals(entry.labels().get(DATAPLANE_MODE))
                || workloads.stream()
                        .anyMatch(workload -> AMBIENT.equals(workload.labels().get(DATAPLANE_MODE)));
    }

    /** What implied flows follow from. */
    Needs needs() {
        return needs;
    }

    /** The workloads whose labels match, those on the host network included. */
    public WorkloadSet select(LabelSelector selector) {
        return selector.selectsEverything() ? all : WorkloadSet.owning(index.select(selector));
    }

    /** Whether a pod here may bear one of these marks. */
    boolean bears(Set<Mark> marks) {
        for (Mark mark : marks) {
            boolean borne = switch (mark.bearer()) {
                case POD -> index.has(mark.key(), mark.value());
                case NAMESPACE -> isBorneByAll(mark);
            };
            if (borne) {
                return true;
            }
        }
        return false;
    }

    private boolean isBorneByAll(Mark ofNamespace) {
        return ofNamespace.value().equals(entry.labels().get(ofNamespace.key()));
    }

    /** The pods of the pod network that the expression may mean, and as few others as the index can tell. */
    public WorkloadSet candidates(Ends ends) {
        Optional<Set<Mark>> marks = Candidates.of(ends, this::load);
        if (marks.isEmpty()) {
            return podNetwork;
        }
        BitSet bearing = new BitSet();
        for (Mark mark : marks.get()) {
            switch (mark.bearer()) {
                case POD -> index.addTo(bearing, mark.key(), mark.value());
                case NAMESPACE -> {
                    if (isBorneByAll(mark)) {
                        return podNetwork;
                    }
                }
            }
        }
        return WorkloadSet.owning(bearing).and(podNetwork);
    }

    /** How many bear that mark. */
    private long load(Mark mark) {
        return switch (mark.bearer()) {
            case POD -> index.count(mark.key(), mark.value());
            case NAMESPACE -> isBorneByAll(mark) ? workloads.size() : 0;
        };
    }

    /** The workloads behind a Service of this namespace; none where somebody else makes its endpoints. */
    public WorkloadSet behind(ServiceEntry service) {
        return service.hasSelector() ? WorkloadSet.owning(index.carrying(service.selector())) : WorkloadSet.EMPTY;
    }

    /** The workloads made by that owner, or by what owns it. */
    public WorkloadSet ownedBy(Owner owner) {
        Owner topmost = owners.topmost(owner);
        return byOwner.getOrDefault(topmost, WorkloadSet.EMPTY);
    }

    /** The workload of which a live pod has that address; more than one where pods are on the host network. */
    public WorkloadSet having(Address address) {
        return knows(address) ? keeping(all, workload -> workload.has(address)) : WorkloadSet.EMPTY;
    }

    /** As {@link #having}, without those on the host network, of which a node's address tells nothing. */
    public WorkloadSet havingOnPodNetwork(Address address) {
        return having(address).and(podNetwork);
    }

    /** Of a set of this shard, the workloads for which the test holds. */
    public WorkloadSet keeping(WorkloadSet set, Predicate<Workload> test) {
        return set.keeping(workloads, test);
    }

    /** The Services that another version of this namespace has otherwise, or that lead elsewhere there. */
    Set<String> servicesNotIn(NamespaceShard other) {
        Set<String> names = new HashSet<>(services.keySet());
        names.addAll(endpoints.keySet());
        names.removeIf(name -> Objects.equals(services.get(name), other.services.get(name))
                && endpoints(name).equals(other.endpoints(name)));
        return names;
    }

    public Optional<ServiceEntry> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    public Collection<ServiceEntry> services() {
        return services.values();
    }

    /** The Service of type ExternalName that has that name. */
    public Optional<Fact.Alias> alias(String name) {
        return Optional.ofNullable(aliases.get(name));
    }

    /** The EndpointSlices of that Service. */
    public List<Fact.Endpoints> endpoints(String service) {
        return endpoints.getOrDefault(service, List.of());
    }

    public List<Fact.Ingress> ingresses() {
        return ingresses;
    }

    /** Ascending by name. */
    public List<CompiledPolicy> policies() {
        return policies;
    }

    public Optional<Policy> policy(String name) {
        return policies.stream()
                .map(CompiledPolicy::policy)
                .filter(policy -> policy.ref().name().equals(name))
                .findFirst();
    }

    public List<Contract> contracts() {
        return contracts;
    }

    /** Policies of kinds that are not evaluated. */
    List<ObjectRef> otherPolicies() {
        return otherPolicies;
    }

    /** Policies of other kinds than NetworkPolicy, ascending. */
    List<PolicySource> ruled() {
        return ruled;
    }

    /** What the meaning of such policies may depend on. */
    List<SideInput> inputs() {
        return inputs;
    }

    /** Whether a live pod or a Service of this namespace has that address. */
    boolean knows(Address address) {
        return Collections.binarySearch(addresses, address) >= 0;
    }

    /** Whether a live pod or a Service of this namespace has an address in that range. */
    boolean hasAddressIn(AddressRange range) {
        int from = Collections.binarySearch(addresses, range.first());
        int next = from >= 0 ? from : -from - 1;
        return next < addresses.size() && range.contains(addresses.get(next));
    }

    /** Ascending. */
    List<Address> addresses() {
        return addresses;
    }

    /** Those to which Services without a selector lead, whosever they are. */
    Set<Address> published() {
        return published;
    }

    /** Those of the pod network, as its pods' and Services' addresses show; nodes may have more. */
    Set<IpFamily> families() {
        return families;
    }

    /** Policies that say of what set of changes they are part. */
    public List<Fact.Staged> staged() {
        return staged;
    }

    List<Fact.NodeAgent> nodeAgents() {
        return nodeAgents;
    }

    public CompiledPolicy compile(Policy policy) {
        return new CompiledPolicy(policy, select(policy.podSelector()).and(podNetwork));
    }

    private static Set<Address> published(
            Map<String, ServiceEntry> services, Map<String, List<Fact.Endpoints>> endpoints) {
        Set<Address> published = new HashSet<>();
        endpoints.forEach((name, slices) -> {
            @Nullable ServiceEntry service = services.get(name);
            if (service == null || !service.hasSelector()) {
                slices.forEach(slice -> published.addAll(slice.addresses()));
            }
        });
        return Set.copyOf(published);
    }

    private static Map<Owner, WorkloadSet> byOwner(List<Workload> workloads) {
        Map<Owner, BitSet> indexes = new HashMap<>();
        workloads.forEach(workload -> workload.owners()
                .forEach(owner ->
                        indexes.computeIfAbsent(owner, key -> new BitSet()).set(workload.index())));
        Map<Owner, WorkloadSet> sets = new HashMap<>();
        indexes.forEach((owner, bits) -> sets.put(owner, WorkloadSet.owning(bits)));
        return Map.copyOf(sets);
    }

    private static final class Builder extends FactListener {
        private final Set<String> significantKeys;
        private final OwnerTree owners = new OwnerTree();
        private final List<Fact.Pod> pods = new ArrayList<>();
        private final List<Fact.Template> templates = new ArrayList<>();
        private final SortedMap<String, ServiceEntry> services = new TreeMap<>();
        private final Map<String, Fact.Alias> aliases = new HashMap<>();
        private final Map<String, List<Fact.Endpoints>> endpoints = new HashMap<>();
        private final List<Fact.Ingress> ingresses = new ArrayList<>();
        /** No two of one name, except of those that the API server has yet to name. */
        private final List<Policy> policies = new ArrayList<>();

        private final List<Contract> contracts = new ArrayList<>();
        private final List<ObjectRef> otherPolicies = new ArrayList<>();
        private final List<PolicySource> ruled = new ArrayList<>();
        private final List<SideInput> inputs = new ArrayList<>();
        private final List<Fact.NodeAgent> nodeAgents = new ArrayList<>();
        private final List<Fact.Staged> staged = new ArrayList<>();
        private final List<Implication> implications = new ArrayList<>();
        private final List<Fact.Template> standIns = new ArrayList<>();
        private final Map<Owner, Labels> ownLabels = new TreeMap<>();
        private NamespaceEntry entry;

        Builder(String namespace, Set<String> significantKeys) {
            this.entry = NamespaceEntry.assumed(namespace);
            this.significantKeys = significantKeys;
        }

        @Override
        public void namespace(NamespaceEntry namespace) {
            entry = namespace;
        }

        @Override
        public void service(ServiceEntry service) {
            services.put(service.name(), service);
        }

        @Override
        public void alias(Fact.Alias alias) {
            aliases.put(alias.name(), alias);
        }

        @Override
        public void pod(Fact.Pod pod) {
            pods.add(pod);
        }

        @Override
        public void template(Fact.Template template) {
            templates.add(template);
        }

        @Override
        public void owned(Fact.Owned owned) {
            owners.add(owned);
        }

        @Override
        public void endpoints(Fact.Endpoints slice) {
            endpoints
                    .computeIfAbsent(slice.service(), service -> new ArrayList<>())
                    .add(slice);
        }

        @Override
        public void ingress(Fact.Ingress ingress) {
            ingresses.add(ingress);
        }

        @Override
        public void policy(Policy policy) {
            policies.add(policy);
        }

        @Override
        public void contract(Contract contract) {
            contracts.add(contract);
        }

        @Override
        public void otherPolicy(ObjectRef policy) {
            otherPolicies.add(policy);
        }

        @Override
        public void ruled(PolicySource policy) {
            ruled.add(policy);
        }

        @Override
        public void input(SideInput input) {
            inputs.add(input);
        }

        @Override
        public void staged(Fact.Staged told) {
            staged.add(told);
        }

        @Override
        public void nodeAgent(Fact.NodeAgent agent) {
            if (agent.isTrusted()) {
                nodeAgents.add(agent);
            }
        }

        @Override
        public void implied(Implication implication) {
            implications.add(implication);
        }

        @Override
        public void standIn(Fact.StandIn standIn) {
            standIns.add(standIn.template());
        }

        @Override
        public void labelled(Fact.Labelled labelled) {
            ownLabels.put(labelled.owner(), labelled.labels());
        }

        /** Whether no pods are seen that carry all that the operator is known to give to its own. */
        boolean isNeeded(Fact.Template standIn) {
            LabelSelector its = LabelSelector.ofLabels(standIn.shape().labels().asMap());
            return Stream.concat(
                            pods.stream().map(Fact.Pod::shape),
                            templates.stream().map(Fact.Template::shape))
                    .noneMatch(shape -> its.matches(shape.labels()));
        }
    }
}
