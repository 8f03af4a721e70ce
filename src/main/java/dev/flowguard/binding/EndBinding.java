package dev.flowguard.binding;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.HostNetworkGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Who an end of a declared flow is in this cluster (DESIGN 8.1, 8.4–8.6). */
public final class EndBinding {
    private static final String AGENTS_NAMESPACE = "kube-system";

    /** The labels of konnectivity agents in the manifests of Kubernetes and of the providers that run them. */
    private static final List<LabelSelector> AGENTS = List.of(
            LabelSelector.ofLabels(Map.of("k8s-app", "konnectivity-agent")),
            LabelSelector.ofLabels(Map.of("app", "konnectivity-agent")));

    private final Snapshot cluster;

    public EndBinding(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** Who sends. A well-known destination sends nothing. */
    List<Endpoint> sources(FlowEnd from, Within within) {
        return from.match(
                pods -> podEndpoints(workloads(pods, within)),
                ownedBy -> ownedBy.fromNodes() && within.takesAddresses()
                        ? Stream.concat(podEndpoints(workloads(ownedBy, within)).stream(), onNodes(ownedBy))
                                .toList()
                        : podEndpoints(workloads(ownedBy, within)),
                service -> podEndpoints(workloads(service, within)),
                outside -> within.takesAddresses() ? outside(outside) : List.of(),
                wellKnown -> switch (wellKnown.name()) {
                    case CLUSTER_DNS -> List.of();
                    case KUBERNETES_API -> within.takesAddresses() ? apiServer() : List.of();
                    case NODES -> within.takesAddresses() ? nodes(wellKnown) : List.of();
                    case DNS_CLIENTS -> podEndpoints(dnsClients(within));
                });
    }

    /** Those that resolve names by the cluster's DNS, in the namespaces where that is to be told. */
    private List<Workload> dnsClients(Within within) {
        List<NamespaceShard> shards = within.shards(cluster, LabelSelector.EVERYTHING).stream()
                .filter(shard -> cluster.impliedLevel(ImpliedKind.CLUSTER_DNS, shard.entry())
                        .isPresent())
                .toList();
        return workloads(shards, within, NamespaceShard::dnsClients);
    }

    /** Who may send in place of the API server, beside its own addresses: agents that carry its traffic (DESIGN 10.7). */
    List<Endpoint> carriers(FlowEnd from) {
        boolean isApi = from instanceof FlowEnd.WellKnown wellKnown
                && wellKnown.name() == FlowEnd.WellKnown.Name.KUBERNETES_API;
        return isApi && !addressesOfApi().isEmpty() ? agents() : List.of();
    }

    private List<Endpoint> agents() {
        return cluster.namespace(AGENTS_NAMESPACE).stream()
                .flatMap(shard -> AGENTS.stream()
                        .flatMap(labels -> shard.workloads(shard.select(labels).and(shard.podNetwork())).stream()))
                .distinct()
                .<Endpoint>map(Endpoint.Pods::new)
                .toList();
    }

    /** The addresses that are published behind {@code default/kubernetes}, or where none is known the agents that carry its traffic. */
    private List<Endpoint> apiServer() {
        List<Endpoint> addresses = addressesOfApi();
        return addresses.isEmpty() ? agents() : addresses;
    }

    private List<Endpoint> addressesOfApi() {
        return cluster.namespace(ServiceEntry.API_NAMESPACE).stream()
                .flatMap(shard -> shard.endpoints(ServiceEntry.API_SERVICE).stream())
                .flatMap(slice -> slice.addresses().stream())
                .distinct()
                .sorted()
                .map(this::sender)
                .toList();
    }

    /** The nodes' addresses, those that follow one another together. */
    List<Endpoint> nodes(FlowEnd.WellKnown nodes) {
        return AddressRange.covering(labelled(nodes.nodes())).stream()
                .<Endpoint>map(range -> new Endpoint.Addresses(range, Endpoint.Addresses.Kind.DECLARED_NODE))
                .toList();
    }

    /** Where pods on the host network send from: the nodes on which they are seen, or where none is seen those that they ask for. */
    private Stream<Endpoint> onNodes(FlowEnd.OwnedBy ownedBy) {
        List<Workload> workloads = allWorkloads(ownedBy, Within.ANYWHERE).stream()
                .filter(Workload::hostNetwork)
                .toList();
        if (workloads.isEmpty()) {
            return Stream.empty();
        }
        List<Address> seen = workloads.stream()
                .flatMap(workload -> workload.addresses().stream())
                .distinct()
                .sorted()
                .toList();
        List<Address> addresses = seen.isEmpty() ? addressesOfNodes(ownedBy.nodes()) : seen;
        Endpoint.Addresses.Kind kind =
                HostNetworkGroup.areRouters(ownedBy.owner().namespace())
                        ? Endpoint.Addresses.Kind.NODE_OF_ROUTERS
                        : Endpoint.Addresses.Kind.DECLARED_NODE;
        return AddressRange.covering(addresses).stream().map(range -> new Endpoint.Addresses(range, kind));
    }

    /** Of every node, where none has those labels: then not all that is known of nodes can be. */
    private List<Address> addressesOfNodes(LabelSelector labels) {
        List<Address> matching = labelled(labels);
        return matching.isEmpty() ? cluster.nodeAddresses().stream().sorted().toList() : matching;
    }

    private List<Address> labelled(LabelSelector labels) {
        return cluster.nodes().stream()
                .filter(node -> labels.matches(node.labels()))
                .flatMap(node -> node.addresses().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Endpoint sender(Address address) {
        Endpoint.Addresses.Kind kind = cluster.isNodeAddress(address)
                ? Endpoint.Addresses.Kind.DECLARED_NODE
                : Endpoint.Addresses.Kind.PUBLISHED;
        return new Endpoint.Addresses(AddressRange.of(address), kind);
    }

    /** Workloads by label; those on the host network are never meant. */
    List<Workload> workloads(FlowEnd.Pods pods, Within within) {
        return onPodNetwork(allWorkloads(pods, within));
    }

    List<Workload> workloads(FlowEnd.OwnedBy ownedBy, Within within) {
        return onPodNetwork(allWorkloads(ownedBy, within));
    }

    /** As {@link #workloads(FlowEnd.Pods, Within)}, with those on the host network. */
    List<Workload> allWorkloads(FlowEnd.Pods pods, Within within) {
        return workloads(within.shards(cluster, pods.namespaces()), within, shard -> shard.select(pods.pods()));
    }

    List<Workload> allWorkloads(FlowEnd.OwnedBy ownedBy, Within within) {
        ObjectRef owner = ownedBy.owner();
        return workloads(
                within.shards(cluster, owner.namespace()),
                within,
                shard -> shard.ownedBy(new Owner(owner.kind(), owner.name())));
    }

    /** The pods behind a Service, whatever their network. */
    List<Workload> workloads(FlowEnd.ServicePods end, Within within) {
        return cluster.service(end.namespace(), end.name())
                .map(service -> workloads(service, within))
                .orElse(List.of());
    }

    List<Workload> workloads(ServiceEntry service, Within within) {
        return workloads(within.shards(cluster, service.namespace()), within, shard -> shard.behind(service));
    }

    private static List<Workload> workloads(
            List<NamespaceShard> shards, Within within, Function<NamespaceShard, WorkloadSet> choose) {
        if (shards.size() == 1) {
            return within.workloads(shards.get(0), choose.apply(shards.get(0)));
        }
        List<Workload> found = new ArrayList<>();
        for (NamespaceShard shard : shards) {
            found.addAll(within.workloads(shard, choose.apply(shard)));
        }
        return found;
    }

    private static List<Workload> onPodNetwork(List<Workload> workloads) {
        for (Workload workload : workloads) {
            if (workload.hostNetwork()) {
                return workloads.stream().filter(each -> !each.hostNetwork()).toList();
            }
        }
        return workloads;
    }

    /** The block without its exceptions, in pieces; one that holds nothing but nodes' addresses means those nodes. */
    List<Endpoint> outside(FlowEnd.Outside outside) {
        List<AddressRange> exceptions =
                outside.except().stream().map(Cidr::range).toList();
        return outside.cidr().range().cutBy(exceptions).stream()
                .filter(piece -> exceptions.stream().noneMatch(exception -> exception.contains(piece)))
                .<Endpoint>map(piece -> new Endpoint.Addresses(piece, kind(piece)))
                .toList();
    }

    private Endpoint.Addresses.Kind kind(AddressRange piece) {
        boolean onlyNodes = !piece.hasMoreThan(cluster.nodeAddresses().size())
                && StreamSupport.stream(piece.addresses().spliterator(), false)
                        .allMatch((Address address) -> cluster.isNodeAddress(address));
        return onlyNodes ? Endpoint.Addresses.Kind.DECLARED_NODE : Endpoint.Addresses.Kind.OUTSIDE;
    }

    /**
     * Who was published as an endpoint of a Service: a pod of its namespace, as operators do that point a Service at the pod
     * that leads; a pod of another one; or an address of which no more is known.
     */
    List<Endpoint> published(NamespaceShard shard, Address address, Within within) {
        WorkloadSet own = shard.having(address);
        if (!own.isEmpty()) {
            return podEndpoints(within.workloads(shard, own));
        }
        for (NamespaceShard other : cluster.namespacesWithAddressIn(AddressRange.of(address))) {
            WorkloadSet pods = other.havingOnPodNetwork(address);
            if (!pods.isEmpty()) {
                return podEndpoints(within.workloads(other, pods));
            }
        }
        return within.takesAddresses() ? List.of(address(address)) : List.of();
    }

    /** A discovered destination. */
    Endpoint address(Address address) {
        Endpoint.Addresses.Kind kind =
                cluster.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.PUBLISHED;
        return new Endpoint.Addresses(AddressRange.of(address), kind);
    }

    private static List<Endpoint> podEndpoints(List<Workload> workloads) {
        List<Endpoint> endpoints = new ArrayList<>(workloads.size());
        for (Workload workload : workloads) {
            endpoints.add(new Endpoint.Pods(workload));
        }
        return endpoints;
    }
}
