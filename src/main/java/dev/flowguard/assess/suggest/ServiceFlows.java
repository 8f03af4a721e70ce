package dev.flowguard.assess.suggest;

import dev.flowguard.assess.suggest.Sources.Senders;
import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.implied.IngressControllers;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Flows to the Services of a namespace: from the workloads that reach all pods behind them, and from outside where exposed. */
final class ServiceFlows {
    private static final List<Cidr> EVERY_ADDRESS = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final Snapshot cluster;
    private final Reach reach;
    private final Sources sources;
    private final List<Workload> controllers;

    ServiceFlows(Snapshot cluster, Reach reach) {
        this.cluster = cluster;
        this.reach = reach;
        this.sources = new Sources(cluster);
        this.controllers = IngressControllers.in(cluster);
    }

    /** @param needed flows that are written already */
    List<Draft> of(NamespaceShard shard, List<Draft> needed) {
        List<Draft> drafts = new ArrayList<>();
        for (ServiceEntry service : shard.services()) {
            List<Workload> behind = shard.workloads(shard.behind(service));
            if (!behind.isEmpty()) {
                fromInside(service, behind, drafts);
                fromIngress(shard, service, needed, drafts);
                fromOutside(service, drafts);
            }
        }
        return drafts;
    }

    /** A flow for all ports that the same senders reach. */
    private void fromInside(ServiceEntry service, List<Workload> behind, List<Draft> drafts) {
        Map<Senders, List<ServiceEntry.Port>> bySenders = new LinkedHashMap<>();
        for (ServiceEntry.Port port : ports(service)) {
            Sources.Questions questions = new Sources.Questions(
                    source -> behind.stream().allMatch(pods -> reaches(source, pods, port)),
                    source -> behind.stream().allMatch(pods -> reach.isDeliberate(source, pods)),
                    () -> behind.stream().allMatch(pods -> admitsAnybody(pods, port)));
            sources.of(service.namespace(), questions)
                    .forEach(senders -> bySenders
                            .computeIfAbsent(senders, key -> new ArrayList<>())
                            .add(port));
        }
        bySenders.forEach(
                (senders, ports) -> drafts.add(draft(senders.name(), service, senders.end(), ports, senders.open())));
    }

    /** Whoever serves the Ingresses is named, even where everybody may. */
    private void fromIngress(NamespaceShard shard, ServiceEntry service, List<Draft> needed, List<Draft> drafts) {
        List<ServiceEntry.Port> ports = ports(service).stream()
                .filter(port -> shard.ingresses().stream()
                        .flatMap(ingress -> ingress.backends().stream())
                        .anyMatch(backend -> backend.service().equals(service.name()) && backend.speaksOf(port)))
                .toList();
        if (!ports.isEmpty()) {
            for (Workload controller : controllers) {
                NamespaceShard home = cluster.namespaceOrAssumed(controller.namespace());
                Senders senders = Sources.named(home, controller, shard.name(), false);
                Draft draft = draft(senders.name(), service, senders.end(), ports, false);
                if (needed.stream()
                        .noneMatch(other ->
                                other.from().equals(draft.from()) && other.to().equals(draft.to()))) {
                    drafts.add(draft);
                }
            }
        }
    }

    private static void fromOutside(ServiceEntry service, List<Draft> drafts) {
        if (service.exposure() != ServiceEntry.Exposure.CLUSTER_INTERNAL) {
            for (Cidr everywhere : EVERY_ADDRESS) {
                FlowEnd from = new FlowEnd.Outside(everywhere, List.of());
                drafts.add(draft("outside", service, from, service.ports(), true));
            }
        }
    }

    private static Draft draft(
            String sender, ServiceEntry service, FlowEnd from, List<ServiceEntry.Port> ports, boolean open) {
        FlowPorts which = ports.size() == service.ports().size()
                ? new FlowPorts.Every()
                : new FlowPorts.OfService(ports.stream()
                        .map(port -> PortMatch.Numbered.of(port.protocol(), port.number()))
                        .<PortMatch>map(port -> port)
                        .toList());
        return new Draft(
                List.of(sender, "to", service.name()),
                from,
                new FlowEnd.ServicePods(service.namespace(), service.name()),
                which,
                open);
    }

    /** All but those by which the cluster resolves names: that is declared as such. */
    private List<ServiceEntry.Port> ports(ServiceEntry service) {
        Stream<ServiceEntry.Port> ports = service.ports().stream();
        return cluster.dns().services().contains(service)
                ? ports.filter(port -> port.number() != ClusterDns.PORT).toList()
                : ports.toList();
    }

    private boolean reaches(Workload source, Workload pods, ServiceEntry.Port port) {
        return port.targetOn(pods)
                .map(number -> reach.isSure(source, pods, PortSet.of(port.protocol(), PortRange.of(number))))
                .orElse(true);
    }

    private boolean admitsAnybody(Workload pods, ServiceEntry.Port port) {
        return port.targetOn(pods)
                .map(number -> reach.isSureOfAnybody(pods, PortSet.of(port.protocol(), PortRange.of(number))))
                .orElse(true);
    }
}
