package dev.flowguard.assess;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Owner;
import dev.flowguard.cluster.ServiceEntry;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import java.util.List;
import java.util.stream.Stream;

/** Who an end of a declared flow is in this cluster (DESIGN 8.1, 8.4–8.6). */
final class EndBinding {
    private final Snapshot cluster;

    EndBinding(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** Who sends. A well-known destination sends nothing. */
    List<Endpoint> sources(FlowEnd from, Within within) {
        return from.match(
                pods -> podEndpoints(workloads(pods, within)),
                ownedBy -> podEndpoints(workloads(ownedBy, within)),
                service -> podEndpoints(workloads(service, within)),
                outside -> within.takesAddresses() ? outside(outside) : List.of(),
                wellKnown -> List.of());
    }

    /** Workloads by label; those on the host network are never meant. */
    Stream<Workload> workloads(FlowEnd.Pods pods, Within within) {
        return allWorkloads(pods, within).filter(workload -> !workload.hostNetwork());
    }

    Stream<Workload> workloads(FlowEnd.OwnedBy ownedBy, Within within) {
        return allWorkloads(ownedBy, within).filter(workload -> !workload.hostNetwork());
    }

    /** As {@link #workloads(FlowEnd.Pods, Within)}, with those on the host network. */
    Stream<Workload> allWorkloads(FlowEnd.Pods pods, Within within) {
        return within.shards(cluster, pods.namespaces()).stream()
                .flatMap(shard -> within.workloads(shard, shard.select(pods.pods())));
    }

    Stream<Workload> allWorkloads(FlowEnd.OwnedBy ownedBy, Within within) {
        ObjectRef owner = ownedBy.owner();
        return within.shards(cluster, LabelSelector.namespaceNamed(owner.namespace())).stream()
                .flatMap(shard -> within.workloads(shard, shard.ownedBy(new Owner(owner.kind(), owner.name()))));
    }

    /** The pods behind a Service, whatever their network. */
    Stream<Workload> workloads(FlowEnd.ServicePods end, Within within) {
        return cluster.service(end.namespace(), end.name()).stream().flatMap(service -> workloads(service, within));
    }

    Stream<Workload> workloads(ServiceEntry service, Within within) {
        return within.shards(cluster, LabelSelector.namespaceNamed(service.namespace())).stream()
                .flatMap(shard -> within.workloads(shard, shard.behind(service)));
    }

    /** The block without its exceptions, in pieces. */
    List<Endpoint> outside(FlowEnd.Outside outside) {
        List<AddressRange> exceptions =
                outside.except().stream().map(Cidr::range).toList();
        return outside.cidr().range().cutBy(exceptions).stream()
                .filter(piece -> exceptions.stream().noneMatch(exception -> exception.contains(piece)))
                .<Endpoint>map(piece -> new Endpoint.Addresses(piece, Endpoint.Addresses.Kind.OUTSIDE))
                .toList();
    }

    /**
     * Who was published as an endpoint of a Service: a pod of its namespace, as operators do that point a Service at the pod
     * that leads, or an address of which no more is known.
     */
    Stream<Endpoint> published(NamespaceShard shard, Address address, Within within) {
        WorkloadSet pods = shard.having(address);
        return pods.isEmpty()
                ? Stream.of(address(address)).filter(endpoint -> within.takesAddresses())
                : podEndpoints(within.workloads(shard, pods)).stream();
    }

    /** A discovered destination. */
    Endpoint address(Address address) {
        Endpoint.Addresses.Kind kind =
                cluster.isNodeAddress(address) ? Endpoint.Addresses.Kind.NODE : Endpoint.Addresses.Kind.PUBLISHED;
        return new Endpoint.Addresses(AddressRange.of(address), kind);
    }

    static List<Endpoint> podEndpoints(Stream<Workload> workloads) {
        return workloads.<Endpoint>map(Endpoint.Pods::new).toList();
    }
}
