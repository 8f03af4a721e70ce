package dev.flowguard.cli.explain;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
import java.util.Optional;

/** Finds whose an address is: a pod's, a Service's, a node's, or nobody's in the cluster. */
final class AddressNames {
    private final Snapshot cluster;

    AddressNames(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** Whether the text can only be meant as an address or an address block. */
    static boolean isAddress(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9]+(\\.[0-9]+)+(/.*)?");
    }

    NamedEnd find(String option, String text) {
        try {
            return text.indexOf('/') >= 0 ? outside(Cidr.parse(text)) : find(Address.parse(text));
        } catch (IllegalArgumentException e) {
            throw new BadInput(option + ": " + e.getMessage(), e);
        }
    }

    private NamedEnd find(Address address) {
        return pod(address)
                .or(() -> service(address))
                .orElseGet(() -> cluster.isNodeAddress(address) ? node(address) : outside(Cidr.of(address)));
    }

    private Optional<NamedEnd> pod(Address address) {
        return cluster.workloadAt(address)
                .filter(workload -> !workload.hostNetwork())
                .map(workload -> new NamedEnd(
                        workload.toString(),
                        List.of(new Endpoint.Pods(workload)),
                        List.of(),
                        EndNames.ownedBy(workload.namespace(), workload.owners().get(0)),
                        address + " is a pod of " + workload));
    }

    private Optional<NamedEnd> service(Address address) {
        return cluster.serviceAt(address)
                .map(service -> new NamedEnd(
                        service.toString(),
                        List.of(),
                        List.of(service),
                        new FlowEnd.ServicePods(service.namespace(), service.name()),
                        address + " is the ClusterIP of Service " + service));
    }

    private static NamedEnd node(Address address) {
        return new NamedEnd(
                address.toString(),
                List.of(new Endpoint.Addresses(AddressRange.of(address), Endpoint.Addresses.Kind.NODE)),
                List.of(),
                new FlowEnd.Outside(Cidr.of(address), List.of()),
                address + " is a node");
    }

    private static NamedEnd outside(Cidr block) {
        return new NamedEnd(
                block.range().toString(),
                List.of(new Endpoint.Addresses(block.range(), Endpoint.Addresses.Kind.OUTSIDE)),
                List.of(),
                new FlowEnd.Outside(block, List.of()),
                "");
    }
}
