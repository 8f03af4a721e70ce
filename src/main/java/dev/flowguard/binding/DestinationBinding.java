package dev.flowguard.binding;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who is reached by a declared flow, on which ports and by which way (DESIGN 8.1–8.6). */
public final class DestinationBinding {
    private final Snapshot cluster;
    private final EndBinding ends;

    public DestinationBinding(Snapshot cluster, EndBinding ends) {
        this.cluster = cluster;
        this.ends = ends;
    }

    public List<Destination> destinations(FlowEnd to, FlowPorts ports, Within within) {
        return to.match(
                pods -> onPods(ends.workloads(pods, within), ports),
                ownedBy -> onPods(ends.workloads(ownedBy, within), ports),
                service -> cluster.service(service.namespace(), service.name())
                        .map(entry -> behind(entry, servicePorts(entry, ports), within, List.of()))
                        .orElse(List.of()),
                outside -> within.takesAddresses() ? onAddresses(ends.outside(outside), ports) : List.of(),
                wellKnown -> switch (wellKnown.name()) {
                    case CLUSTER_DNS -> clusterDns(ports, within);
                    case KUBERNETES_API -> kubernetesApi(ports, within);
                    case NODES -> within.takesAddresses() ? onAddresses(ends.nodes(wellKnown), ports) : List.of();
                    case DNS_CLIENTS -> List.of();
                });
    }

    /** The ports of the Service that the flow speaks of. */
    static List<ServiceEntry.Port> servicePorts(ServiceEntry service, FlowPorts ports) {
        return ports.match(
                onPods -> speakingOf(onPods.ports(), service),
                onService -> speakingOf(onService.ports(), service),
                service::ports);
    }

    private static List<ServiceEntry.Port> speakingOf(List<PortMatch> wanted, ServiceEntry service) {
        return service.ports().stream()
                .filter(port -> wanted.stream().anyMatch(port::isMeantBy))
                .toList();
    }

    private static List<Destination> onPods(List<Workload> workloads, FlowPorts ports) {
        List<Destination> found = new ArrayList<>(workloads.size());
        for (Workload workload : workloads) {
            found.addAll(onEndpoint(
                    new Endpoint.Pods(workload), ports, named -> workload.servingPort(named.name(), named.protocol())));
        }
        return found;
    }

    private static List<Destination> onAddresses(List<Endpoint> endpoints, FlowPorts ports) {
        return endpoints.stream()
                .flatMap(endpoint -> onEndpoint(endpoint, ports, named -> Optional.empty()).stream())
                .toList();
    }

    /** @param number which port has that name there, if any */
    private static List<Destination> onEndpoint(
            Endpoint endpoint, FlowPorts ports, Function<PortMatch.Named, Optional<Integer>> number) {
        return ports.match(
                onPods -> {
                    List<Destination> found = new ArrayList<>(onPods.ports().size());
                    for (PortMatch port : onPods.ports()) {
                        Optional<Destination> destination = port.match(
                                numbered -> Optional.of(
                                        Destination.direct(endpoint, numbered.protocol(), numbered.ports())),
                                named -> number.apply(named)
                                        .map(PortRange::of)
                                        .map(only -> Destination.direct(endpoint, named.protocol(), only)),
                                every -> Optional.of(Destination.direct(endpoint, every.protocol(), PortRange.ALL)),
                                unknown -> Optional.empty());
                        destination.ifPresent(found::add);
                    }
                    return found;
                },
                onService -> List.of(),
                () -> everyPort(endpoint));
    }

    private static List<Destination> everyPort(Endpoint endpoint) {
        return Stream.of(Protocol.values())
                .filter(Protocol::isInPolicies)
                .map(protocol -> Destination.direct(endpoint, protocol, PortRange.ALL))
                .toList();
    }

    private List<Destination> behind(
            ServiceEntry service, List<ServiceEntry.Port> ports, Within within, List<Endpoint> alternatives) {
        if (!service.hasSelector()) {
            return published(service, ports, within, alternatives);
        }
        List<Destination> found = new ArrayList<>();
        for (Workload workload : ends.workloads(service, within)) {
            Endpoint endpoint = new Endpoint.Pods(workload);
            for (ServiceEntry.Port port : ports) {
                port.targetOn(workload)
                        .map(PortRange::of)
                        .ifPresent(number -> found.add(new Destination(
                                endpoint, port.protocol(), number, new Route.Via(service, port), alternatives)));
            }
        }
        return found;
    }

    /** What somebody published behind a Service without a selector, once even where it was published twice. */
    private List<Destination> published(
            ServiceEntry service, List<ServiceEntry.Port> ports, Within within, List<Endpoint> alternatives) {
        return publishedUnder(
                service.namespace(),
                service.name(),
                within,
                (endpoint, published) -> ports.stream()
                        .filter(port -> leadsTo(port, published))
                        .limit(1)
                        .map(port -> new Destination(
                                endpoint,
                                port.protocol(),
                                numbers(port, published),
                                new Route.Via(service, port),
                                alternatives)));
    }

    /** @param each what is reached at an endpoint by a port that was published for it */
    private List<Destination> publishedUnder(
            String namespace,
            String service,
            Within within,
            BiFunction<Endpoint, Fact.Endpoints.Port, Stream<Destination>> each) {
        return cluster.namespace(namespace).stream()
                .flatMap(shard -> shard.endpoints(service).stream()
                        .flatMap(slice -> slice.addresses().stream()
                                .flatMap(address -> ends.published(shard, address, within).stream())
                                .flatMap(endpoint ->
                                        slice.ports().stream().flatMap(port -> each.apply(endpoint, port)))))
                .distinct()
                .toList();
    }

    private static boolean leadsTo(ServiceEntry.Port port, Fact.Endpoints.Port published) {
        return port.protocol() == published.protocol()
                && (!port.targetName().isEmpty() || published.number().contains(port.targetNumber()));
    }

    /** Of endpoints that name no port, the one that the Service names. */
    private static PortRange numbers(ServiceEntry.Port port, Fact.Endpoints.Port published) {
        return port.targetName().isEmpty() ? PortRange.of(port.targetNumber()) : published.number();
    }

    private List<Destination> clusterDns(FlowPorts ports, Within within) {
        ClusterDns dns = cluster.dns();
        List<Endpoint> resolvers = dns.resolvers().isEmpty()
                ? List.of()
                : dns.resolvers().stream().sorted().map(ends::address).toList();
        if (!dns.services().isEmpty()) {
            List<Destination> found = new ArrayList<>();
            for (ServiceEntry service : dns.services()) {
                List<ServiceEntry.Port> asked = servicePorts(service, ports).stream()
                        .filter(port -> port.number() == ClusterDns.PORT)
                        .toList();
                found.addAll(behind(service, asked, within, resolvers));
            }
            return found;
        }
        if (!within.takesAddresses()) {
            return List.of();
        }
        return resolvers.stream()
                .flatMap(resolver -> Stream.of(Protocol.UDP, Protocol.TCP)
                        .map(protocol -> Destination.direct(resolver, protocol, PortRange.of(ClusterDns.PORT))))
                .toList();
    }

    private List<Destination> kubernetesApi(FlowPorts ports, Within within) {
        return cluster.service(ServiceEntry.API_NAMESPACE, ServiceEntry.API_SERVICE)
                .map(service -> behind(service, servicePorts(service, ports), within, List.of()))
                .orElseGet(() -> publishedUnder(
                        ServiceEntry.API_NAMESPACE,
                        ServiceEntry.API_SERVICE,
                        within,
                        (endpoint, port) -> Stream.of(Destination.direct(endpoint, port.protocol(), port.number()))));
    }
}
