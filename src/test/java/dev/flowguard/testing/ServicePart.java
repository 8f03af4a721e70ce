package dev.flowguard.testing;

import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Observation;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.ServiceEntry.Exposure;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Address;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Service, and the endpoints that somebody published for it. */
public final class ServicePart implements Part {
    private final ObjectRef object;
    private final List<ServiceEntry.Port> ports = new ArrayList<>();
    private final List<Address> clusterIps = new ArrayList<>();
    private final List<Fact.Endpoints> endpoints = new ArrayList<>();
    private Map<String, String> selector = Map.of();
    private Map<String, String> labels = Map.of();
    private Exposure exposure = Exposure.CLUSTER_INTERNAL;

    ServicePart(ObjectRef object) {
        this.object = object;
    }

    public ServicePart labelled(String text) {
        labels = Names.labelMap(text);
        return this;
    }

    public ServicePart selects(String pods) {
        selector = Names.labelMap(pods);
        return this;
    }

    /** A TCP port that leads to that number on the pods. */
    public ServicePart port(int number, int target) {
        return port("", Protocol.TCP, number, target);
    }

    public ServicePart port(String name, Protocol protocol, int number, int target) {
        ports.add(new ServiceEntry.Port(name, protocol, number, target, ""));
        return this;
    }

    /** A port that leads to the pods' port of that name. */
    public ServicePart port(String name, Protocol protocol, int number, String target) {
        ports.add(new ServiceEntry.Port(name, protocol, number, 0, target));
        return this;
    }

    public ServicePart clusterIp(String address) {
        clusterIps.add(Address.parse(address));
        return this;
    }

    public ServicePart exposed(Exposure how) {
        exposure = how;
        return this;
    }

    public ServicePart published(String address, Protocol protocol, int port) {
        endpoints.add(new Fact.Endpoints(
                object.namespace(),
                object.name(),
                List.of(Address.parse(address)),
                List.of(new Fact.Endpoints.Port(protocol, PortRange.of(port)))));
        return this;
    }

    ServiceEntry entry() {
        return new ServiceEntry(object.namespace(), object.name(), labels, selector, ports, clusterIps, exposure);
    }

    @Override
    public List<Observation> observations() {
        List<Observation> all = new ArrayList<>();
        all.add(new Observation(object, List.of(entry())));
        if (!endpoints.isEmpty()) {
            all.add(new Observation(
                    new ObjectRef("EndpointSlice", object.namespace(), object.name()), List.copyOf(endpoints)));
        }
        return all;
    }
}
