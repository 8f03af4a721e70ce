package dev.flowguard.testing;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.Address;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.Rule;
import dev.flowguard.verdict.pair.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who is reached by a declared flow, by which way and on which ports. */
final class LiteralTargets {
    record Target(LiteralEnd end, Protocol protocol, int port, Route route) {}

    private static final Route DIRECT = Route.DIRECT;

    private final LiteralCluster cluster;
    private final LiteralFlows flows;
    private final List<Rule> rules;

    LiteralTargets(LiteralCluster cluster, LiteralFlows flows, List<Rule> rules) {
        this.cluster = cluster;
        this.flows = flows;
        this.rules = rules;
    }

    List<Target> targets(FlowEnd to, FlowPorts ports) {
        List<Target> targets = new ArrayList<>();
        if (to instanceof FlowEnd.ServicePods service) {
            flows.named(service).forEach(entry -> targets.addAll(throughService(entry, wanted(entry, ports))));
        } else if (to.equals(FlowPart.clusterDns())) {
            List<ServiceEntry> dns = dnsService();
            dns.forEach(entry -> targets.addAll(throughService(
                    entry,
                    entry.ports().stream()
                            .filter(port -> port.number() == ClusterDns.PORT)
                            .toList())));
            if (dns.isEmpty()) {
                resolvers(to)
                        .forEach(end -> List.of(Protocol.UDP, Protocol.TCP)
                                .forEach(protocol -> targets.add(new Target(end, protocol, ClusterDns.PORT, DIRECT))));
            }
        } else if (to.equals(FlowPart.kubernetesApi())) {
            flows.named(new FlowEnd.ServicePods("default", "kubernetes"))
                    .forEach(entry -> targets.addAll(throughService(entry, entry.ports())));
        } else {
            flows.ends(to).forEach(end -> targets.addAll(direct(end, ports)));
        }
        return targets;
    }

    private List<ServiceEntry> dnsService() {
        return flows.named(new FlowEnd.ServicePods("kube-system", "kube-dns"));
    }

    List<LiteralEnd> resolvers(FlowEnd to) {
        List<LiteralEnd> resolvers = new ArrayList<>();
        if (to.equals(FlowPart.clusterDns()) && cluster.hasAgent("node-local-dns")) {
            resolvers.add(new LiteralEnd.OfAddress(Address.parse("169.254.20.10")));
        }
        return resolvers;
    }

    private static List<ServiceEntry.Port> wanted(ServiceEntry service, FlowPorts ports) {
        if (!(ports instanceof FlowPorts.OfService some)) {
            return service.ports();
        }
        return service.ports().stream()
                .filter(port -> some.ports().stream()
                        .anyMatch(match -> match.equals(PortMatch.Numbered.of(port.protocol(), port.number()))
                                || match.equals(new PortMatch.Named(port.protocol(), port.name()))))
                .toList();
    }

    private List<Target> throughService(ServiceEntry service, List<ServiceEntry.Port> ports) {
        List<Target> targets = new ArrayList<>();
        for (ServiceEntry.Port port : ports) {
            Route route = new Route.Via(service, port);
            for (LiteralEnd end : flows.behind(service)) {
                List<Integer> numbers = port.targetName().isEmpty()
                        ? List.of(port.targetNumber())
                        : numbers(end, port.targetName(), port.protocol());
                numbers.forEach(number -> targets.add(new Target(end, port.protocol(), number, route)));
            }
            for (Fact.Endpoints slice : service.hasSelector() ? List.<Fact.Endpoints>of() : cluster.endpoints()) {
                if (slice.service().equals(service.name()) && slice.namespace().equals(service.namespace())) {
                    slice.ports().stream()
                            .filter(each -> each.protocol() == port.protocol()
                                    && each.number().contains(port.targetNumber()))
                            .forEach(each -> slice.addresses().stream()
                                    .flatMap(address -> published(slice.namespace(), address).stream())
                                    .forEach(end ->
                                            targets.add(new Target(end, port.protocol(), port.targetNumber(), route))));
                }
            }
        }
        return targets;
    }

    /** The pods of the Service's namespace that have the address, or else of any other, or the address itself. */
    private List<LiteralEnd> published(String namespace, Address address) {
        List<LiteralEnd> own = flows.pods(
                pod -> pod.namespace().equals(namespace) && pod.addresses().contains(address));
        List<LiteralEnd> pods = own.isEmpty()
                ? flows.pods(pod -> !pod.hostNetwork() && pod.addresses().contains(address))
                : own;
        return pods.isEmpty() ? List.of(new LiteralEnd.OfAddress(address)) : pods;
    }

    /** The first that the pod declares, and not one that exists only while it starts. */
    private static List<Integer> numbers(LiteralEnd end, String name, Protocol protocol) {
        return end instanceof LiteralEnd.OfPod some
                ? some.pod().ports().stream()
                        .filter(port -> port.name().equals(name)
                                && port.protocol() == protocol
                                && port.container() != NamedPort.Container.INIT)
                        .map(NamedPort::number)
                        .limit(1)
                        .toList()
                : List.of();
    }

    private List<Target> direct(LiteralEnd end, FlowPorts ports) {
        List<Target> targets = new ArrayList<>();
        if (ports instanceof FlowPorts.OfPods some) {
            for (PortMatch match : some.ports()) {
                if (match instanceof PortMatch.Numbered numbered) {
                    samples(numbered.ports())
                            .forEach(port -> targets.add(new Target(end, numbered.protocol(), port, DIRECT)));
                } else if (match instanceof PortMatch.Named named) {
                    numbers(end, named.name(), named.protocol())
                            .forEach(port -> targets.add(new Target(end, named.protocol(), port, DIRECT)));
                } else if (match instanceof PortMatch.EveryPort every) {
                    Stream<Integer> all = every.protocol().isInPolicies() ? samples(PortRange.ALL) : Stream.of(0);
                    all.forEach(port -> targets.add(new Target(end, every.protocol(), port, DIRECT)));
                }
            }
        } else {
            for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
                samples(PortRange.ALL).forEach(port -> targets.add(new Target(end, protocol, port, DIRECT)));
            }
        }
        return targets;
    }

    /** The first port of every part that a rule could tell from the part before. */
    private Stream<Integer> samples(PortRange range) {
        Set<Integer> starts = new TreeSet<>(Set.of(range.first()));
        rules.stream().flatMap(rule -> rule.ports().stream()).forEach(port -> {
            if (port instanceof PortMatch.Numbered numbered) {
                starts.addAll(List.of(
                        numbered.ports().first(),
                        numbered.ports().first() + 1,
                        numbered.ports().last() + 1));
            }
        });
        cluster.pods().stream()
                .flatMap(pod -> pod.ports().stream())
                .forEach(port -> starts.addAll(List.of(port.number(), port.number() + 1)));
        return starts.stream().filter(range::contains);
    }
}
