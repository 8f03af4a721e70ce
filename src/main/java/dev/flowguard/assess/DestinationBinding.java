package dev.flowguard.assess;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.Fact;
import dev.flowguard.cluster.ServiceEntry;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is reached by a declared flow, on which ports and by which way (DESIGN 8.1–8.6). */
final class DestinationBinding {
    private static final String API_NAMESPACE = "default";
    private static final String API_SERVICE = "kubernetes";

    private final Snapshot cluster;
    private final EndBinding ends;

    DestinationBinding(Snapshot cluster, EndBinding ends) {
        this.cluster = cluster;
        this.ends = ends;
    }

    List<Destination> destinations(FlowEnd to, FlowPorts ports, Within within) {
        Stream<Destination> found = to.match(
                pods -> ends.workloads(pods, within).flatMap(workload -> onPod(workload, ports)),
                ownedBy -> ends.workloads(ownedBy, within).flatMap(workload -> onPod(workload, ports)),
                service -> cluster.service(service.namespace(), service.name()).stream()
                        .flatMap(entry -> behind(entry, servicePorts(entry, ports), within)),
                outside -> within.takesAddresses()
                        ? ends.outside(outside).stream().flatMap(endpoint -> onAddresses(endpoint, ports))
                        : Stream.empty(),
                wellKnown -> switch (wellKnown.name()) {
                    case CLUSTER_DNS -> clusterDns(ports, within);
                    case KUBERNETES_API -> kubernetesApi(ports, within);
                });
        return found.toList();
    }

    /** The ports of the Service that the flow speaks of. */
    static List<ServiceEntry.Port> servicePorts(ServiceEntry service, FlowPorts ports) {
        return service.ports().stream()
                .filter(port -> ports.match(
                        onPods -> speaksOf(onPods.ports(), port),
                        onService -> speaksOf(onService.ports(), port),
                        () -> true))
                .toList();
    }

    private static boolean speaksOf(List<PortMatch> wanted, ServiceEntry.Port port) {
        return wanted.stream().anyMatch(port::isMeantBy);
    }

    private static Stream<Destination> onPod(Workload workload, FlowPorts ports) {
        Endpoint endpoint = new Endpoint.Pods(workload);
        return ports.match(
                onPods -> onPods.ports().stream()
                        .flatMap(port -> port.match(
                                numbered ->
                                        Stream.of(Destination.direct(endpoint, numbered.protocol(), numbered.ports())),
                                named -> workload.servingPort(named.name(), named.protocol()).stream()
                                        .map(number ->
                                                Destination.direct(endpoint, named.protocol(), PortRange.of(number))),
                                every -> Stream.of(Destination.direct(endpoint, every.protocol(), PortRange.ALL)),
                                unknown -> Stream.empty())),
                onService -> Stream.empty(),
                () -> everyPort(endpoint));
    }

    private static Stream<Destination> onAddresses(Endpoint endpoint, FlowPorts ports) {
        return ports.match(
                onPods -> onPods.ports().stream()
                        .flatMap(port -> port.match(
                                numbered ->
                                        Stream.of(Destination.direct(endpoint, numbered.protocol(), numbered.ports())),
                                named -> Stream.empty(),
                                every -> Stream.of(Destination.direct(endpoint, every.protocol(), PortRange.ALL)),
                                unknown -> Stream.empty())),
                onService -> Stream.empty(),
                () -> everyPort(endpoint));
    }

    private static Stream<Destination> everyPort(Endpoint endpoint) {
        return Stream.of(Protocol.values())
                .filter(Protocol::isInPolicies)
                .map(protocol -> Destination.direct(endpoint, protocol, PortRange.ALL));
    }

    private Stream<Destination> behind(ServiceEntry service, List<ServiceEntry.Port> ports, Within within) {
        return behind(service, ports, within, List.of());
    }

    private Stream<Destination> behind(
            ServiceEntry service, List<ServiceEntry.Port> ports, Within within, List<Endpoint> alternatives) {
        if (!service.hasSelector()) {
            return published(service, ports, within, alternatives);
        }
        return ends.workloads(service, within)
                .flatMap(workload -> ports.stream()
                        .flatMap(port -> port.targetOn(workload).stream()
                                .map(number -> new Destination(
                                        new Endpoint.Pods(workload),
                                        port.protocol(),
                                        PortRange.of(number),
                                        new Route.Via(service, port),
                                        alternatives))));
    }

    /** What somebody published behind a Service without a selector, once even where it was published twice. */
    private Stream<Destination> published(
            ServiceEntry service, List<ServiceEntry.Port> ports, Within within, List<Endpoint> alternatives) {
        return cluster.namespace(service.namespace()).stream()
                .flatMap(shard -> shard.endpoints(service.name()).stream()
                        .flatMap(slice -> slice.addresses().stream()
                                .flatMap(address -> ends.published(shard, address, within))
                                .flatMap(endpoint -> slice.ports().stream()
                                        .flatMap(published -> ports.stream()
                                                .filter(port -> leadsTo(port, published))
                                                .limit(1)
                                                .map(port -> new Destination(
                                                        endpoint,
                                                        port.protocol(),
                                                        numbers(port, published),
                                                        new Route.Via(service, port),
                                                        alternatives))))))
                .distinct();
    }

    private static boolean leadsTo(ServiceEntry.Port port, Fact.Endpoints.Port published) {
        return port.protocol() == published.protocol()
                && (!port.targetName().isEmpty() || published.number().contains(port.targetNumber()));
    }

    /** Of endpoints that name no port, the one that the Service names. */
    private static PortRange numbers(ServiceEntry.Port port, Fact.Endpoints.Port published) {
        return port.targetName().isEmpty() ? PortRange.of(port.targetNumber()) : published.number();
    }

    private Stream<Destination> clusterDns(FlowPorts ports, Within within) {
        ClusterDns dns = cluster.dns();
        List<Endpoint> resolvers =
                dns.resolvers().stream().sorted().map(ends::address).toList();
        if (dns.services().isEmpty()) {
            return within.takesAddresses()
                    ? resolvers.stream()
                            .flatMap(resolver -> Stream.of(Protocol.UDP, Protocol.TCP)
                                    .map(protocol ->
                                            Destination.direct(resolver, protocol, PortRange.of(ClusterDns.PORT))))
                    : Stream.empty();
        }
        return dns.services().stream()
                .flatMap(service -> behind(
                        service,
                        servicePorts(service, ports).stream()
                                .filter(port -> port.number() == ClusterDns.PORT)
                                .toList(),
                        within,
                        resolvers));
    }

    private Stream<Destination> kubernetesApi(FlowPorts ports, Within within) {
        Optional<ServiceEntry> service = cluster.service(API_NAMESPACE, API_SERVICE);
        if (service.isPresent()) {
            return behind(service.get(), servicePorts(service.get(), ports), within);
        }
        return cluster.namespace(API_NAMESPACE).stream()
                .flatMap(shard -> shard.endpoints(API_SERVICE).stream()
                        .flatMap(slice -> slice.addresses().stream()
                                .flatMap(address -> ends.published(shard, address, within))
                                .flatMap(endpoint -> slice.ports().stream()
                                        .map(port -> Destination.direct(endpoint, port.protocol(), port.number())))))
                .distinct();
    }
}
