package dev.flowguard.kubernetes.core;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.kubernetes.field.Absent;
import dev.flowguard.kubernetes.field.FieldPath;
import dev.flowguard.kubernetes.field.Metadata;
import dev.flowguard.kubernetes.field.Notes;
import dev.flowguard.kubernetes.field.Ports;
import dev.flowguard.net.Address;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses behind Services that were not made from a selector. Endpoints that are not ready count, since they may
 * become so, and those that end count until they are gone.
 */
public final class EndpointReader {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String FROM_SELECTOR = "endpointslice-controller.k8s.io";
    private static final String NAMES_NOT_ADDRESSES = "FQDN";

    private final Notes notes;

    private EndpointReader(Notes notes) {
        this.notes = notes;
    }

    public static List<Fact> slice(EndpointSlice slice, Metadata metadata, Notes notes) {
        String service = Absent.asEmpty(metadata.labels().get(SERVICE_NAME));
        boolean tellsSomething = !service.isEmpty()
                && !NAMES_NOT_ADDRESSES.equals(slice.getAddressType())
                && !FROM_SELECTOR.equals(metadata.labels().get(MANAGED_BY));
        return tellsSomething ? new EndpointReader(notes).facts(slice, metadata.namespace(), service) : List.of();
    }

    private List<Fact> facts(EndpointSlice slice, String namespace, String service) {
        List<Address> addresses = new ArrayList<>();
        List<Endpoint> endpoints = Absent.asEmpty(slice.getEndpoints(), Endpoint::new);
        for (int i = 0; i < endpoints.size(); i++) {
            List<String> texts = Absent.asEmpty(endpoints.get(i).getAddresses());
            for (int j = 0; j < texts.size(); j++) {
                address(
                                texts.get(j),
                                FieldPath.of("endpoints")
                                        .item(i)
                                        .field("addresses")
                                        .item(j))
                        .ifPresent(addresses::add);
            }
        }
        List<Fact.Endpoints.Port> ports = new ArrayList<>();
        var given = Absent.asEmpty(slice.getPorts(), io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort::new);
        for (int i = 0; i < given.size(); i++) {
            port(
                            given.get(i).getPort(),
                            given.get(i).getProtocol(),
                            FieldPath.of("ports").item(i))
                    .ifPresent(ports::add);
        }
        return List.of(new Fact.Endpoints(namespace, service, addresses, ports));
    }

    /** The older form, of which an object holds several groups of addresses, each with its ports. */
    public static List<Fact> endpoints(Endpoints object, Metadata metadata, Notes notes) {
        EndpointReader reader = new EndpointReader(notes);
        List<Fact> facts = new ArrayList<>();
        List<EndpointSubset> subsets = Absent.asEmpty(object.getSubsets(), EndpointSubset::new);
        for (int i = 0; i < subsets.size(); i++) {
            FieldPath path = FieldPath.of("subsets").item(i);
            facts.add(reader.subset(subsets.get(i), metadata, path));
        }
        return facts;
    }

    private Fact subset(EndpointSubset subset, Metadata metadata, FieldPath path) {
        List<Address> addresses = new ArrayList<>(addresses(subset.getAddresses(), path.field("addresses")));
        addresses.addAll(addresses(subset.getNotReadyAddresses(), path.field("notReadyAddresses")));
        List<Fact.Endpoints.Port> ports = new ArrayList<>();
        List<EndpointPort> given = Absent.asEmpty(subset.getPorts(), EndpointPort::new);
        for (int i = 0; i < given.size(); i++) {
            port(
                            given.get(i).getPort(),
                            given.get(i).getProtocol(),
                            path.field("ports").item(i))
                    .ifPresent(ports::add);
        }
        return new Fact.Endpoints(metadata.namespace(), metadata.name(), addresses, ports);
    }

    private List<Address> addresses(@Nullable List<@Nullable EndpointAddress> list, FieldPath path) {
        List<EndpointAddress> given = Absent.asEmpty(list, EndpointAddress::new);
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            address(Absent.asEmpty(given.get(i).getIp()), path.item(i).field("ip"))
                    .ifPresent(addresses::add);
        }
        return addresses;
    }

    private Optional<Address> address(String text, FieldPath path) {
        return notes.parsed(path, () -> Address.parse(text));
    }

    /** An endpoint's port that is left out is every port. */
    private Optional<Fact.Endpoints.Port> port(@Nullable Integer number, @Nullable String protocol, FieldPath path) {
        Optional<PortRange> range = number == null
                ? Optional.of(PortRange.ALL)
                : new Ports(notes).number(number, path.field("port")).map(PortRange::of);
        Optional<Protocol> known = new Ports(notes).protocol(protocol, path.field("protocol"));
        return range.flatMap(ports -> known.map(each -> new Fact.Endpoints.Port(each, ports)));
    }
}
