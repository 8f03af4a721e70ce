package dev.flowguard.testing;

import dev.flowguard.cluster.implied.Implication;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the objects of a cluster imply, as DESIGN 10.1 to 10.5 say it, object by object. */
final class LiteralNeeds {
    private static final FlowPorts EVERY = new FlowPorts.Every();
    private static final FlowEnd API = new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.KUBERNETES_API);

    private final LiteralCluster cluster;
    private final List<Implication> told = new ArrayList<>();
    private final Set<Flow> flows = new LinkedHashSet<>();

    private LiteralNeeds(LiteralCluster cluster, List<Fact.Implied> told) {
        this.cluster = cluster;
        told.forEach(fact -> this.told.add(fact.implication()));
    }

    static List<Flow> of(LiteralCluster cluster, List<Fact.Implied> told) {
        LiteralNeeds needs = new LiteralNeeds(cluster, told);
        needs.dns();
        needs.told.forEach(needs::read);
        return List.copyOf(needs.flows);
    }

    private void dns() {
        boolean hasDns = cluster.services().stream()
                .anyMatch(service -> service.namespace().equals("kube-system")
                        && service.name().equals("kube-dns"));
        if (hasDns) {
            add(
                    new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.DNS_CLIENTS),
                    new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS),
                    EVERY);
        }
    }

    private void read(Implication implication) {
        if (implication instanceof Implication.Called called) {
            add(API, new FlowEnd.ServicePods(called.namespace(), called.service()), numbered(called.port()));
        } else if (implication instanceof Implication.Bound bound) {
            bound.accounts().forEach(this::client);
        } else if (implication instanceof Implication.Route route) {
            route.backends().forEach(this::backend);
        } else if (implication instanceof Implication.Scraper scraper) {
            told.stream()
                    .filter(Implication.Monitor.class::isInstance)
                    .map(Implication.Monitor.class::cast)
                    .filter(monitor ->
                            !(monitor.ofServices() ? scraper.serviceMonitors() : scraper.podMonitors()).isEmpty())
                    .filter(monitor -> namespaces().contains(monitor.by().namespace()))
                    .forEach(monitor -> monitored(scraper, monitor));
        }
    }

    /** Every pod of random clusters runs as the default account, and has its token. */
    private void client(Implication.AccountName account) {
        for (LiteralCluster.Pod pod : cluster.pods()) {
            if (!pod.hostNetwork() && pod.namespace().equals(account.namespace())) {
                Owner owner = cluster.topmost(pod.namespace(), pod.owner());
                add(new FlowEnd.OwnedBy(new ObjectRef(owner.kind(), pod.namespace(), owner.name())), API, EVERY);
            }
        }
    }

    private void backend(Implication.Backend backend) {
        FlowPorts ports = backend.portName().isEmpty()
                ? numbered(backend.port())
                : new FlowPorts.OfService(List.of(new PortMatch.Named(Protocol.TCP, backend.portName())));
        cluster.pods().stream()
                .filter(pod -> RandomNeeds.CONTROLLER.equals(pod.labels().get("app.kubernetes.io/name")))
                .forEach(pod -> add(
                        new FlowEnd.OwnedBy(
                                new ObjectRef(
                                        pod.owner().kind(),
                                        pod.namespace(),
                                        pod.owner().name()),
                                true,
                                LabelSelector.EVERYTHING),
                        new FlowEnd.ServicePods(backend.namespace(), backend.service()),
                        ports));
    }

    private void monitored(Implication.Scraper scraper, Implication.Monitor monitor) {
        FlowEnd from =
                new FlowEnd.Pods(LabelSelector.namespaceNamed(scraper.by().namespace()), scraper.pods());
        for (String namespace : namespaces()) {
            boolean covered = monitor.namespaces().everywhere()
                    || monitor.namespaces().names().contains(namespace);
            if (covered && !monitor.ofServices()) {
                List<PortMatch> ports = new ArrayList<>();
                monitor.ports().forEach(name -> ports.add(new PortMatch.Named(Protocol.TCP, name)));
                ports.addAll(monitor.targetPorts());
                add(
                        from,
                        new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace), monitor.targets()),
                        new FlowPorts.OfPods(ports));
            }
            for (ServiceEntry service : cluster.services()) {
                if (covered && monitor.ofServices() && service.namespace().equals(namespace)) {
                    List<PortMatch> ports = new ArrayList<>();
                    service.ports().stream()
                            .filter(port -> monitor.ports().contains(port.name()))
                            .forEach(port -> ports.add(PortMatch.Numbered.of(port.protocol(), port.number())));
                    if (!ports.isEmpty()) {
                        add(from, new FlowEnd.ServicePods(namespace, service.name()), new FlowPorts.OfService(ports));
                    }
                }
            }
        }
    }

    /** All of which anything is known, in a folder as in a cluster. */
    private Set<String> namespaces() {
        return new TreeSet<>(cluster.seenNamespaces());
    }

    private static FlowPorts numbered(int port) {
        return new FlowPorts.OfService(List.of(PortMatch.Numbered.of(Protocol.TCP, port)));
    }

    private void add(FlowEnd from, FlowEnd to, FlowPorts ports) {
        flows.add(new Flow("", Expectation.ALLOWED, from, to, ports));
    }
}
