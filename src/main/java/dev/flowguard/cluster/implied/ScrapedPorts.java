package dev.flowguard.cluster.implied;

import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Prometheus reaches what the monitors that it selects name, in the namespaces that they select (DESIGN 10.4). */
final class ScrapedPorts {
    private final ImpliedFlows flows;
    private final List<Needs> needs;
    private final Map<String, NamespaceEntry> namespaces = new HashMap<>();
    private final List<Implication.Scraper> scrapers = new ArrayList<>();
    private final List<Implication.Monitor> monitors = new ArrayList<>();

    ScrapedPorts(ImpliedFlows flows, List<Needs> needs) {
        this.flows = flows;
        this.needs = needs;
        Implication.Visitor reader = new Implication.Visitor() {
            @Override
            public void scraper(Implication.Scraper scraper) {
                scrapers.add(scraper);
            }

            @Override
            public void monitor(Implication.Monitor monitor) {
                monitors.add(monitor);
            }
        };
        for (Needs each : needs) {
            namespaces.put(each.namespace().name(), each.namespace());
            each.implications().forEach(implication -> implication.accept(reader));
        }
    }

    void add() {
        for (Implication.Scraper scraper : scrapers) {
            for (Implication.Monitor monitor : monitors) {
                List<Implication.Choice> choices =
                        monitor.ofServices() ? scraper.serviceMonitors() : scraper.podMonitors();
                if (choices.stream().anyMatch(choice -> takes(choice, monitor))) {
                    add(scraper, monitor);
                }
            }
        }
    }

    private boolean takes(Implication.Choice choice, Implication.Monitor monitor) {
        @Nullable NamespaceEntry namespace = namespaces.get(monitor.by().namespace());
        return namespace != null
                && choice.namespaces().covers(namespace.name(), namespace.labels())
                && choice.monitors().matches(monitor.labels());
    }

    private void add(Implication.Scraper scraper, Implication.Monitor monitor) {
        FlowEnd from =
                new FlowEnd.Pods(LabelSelector.namespaceNamed(scraper.by().namespace()), scraper.pods());
        for (Needs each : needs) {
            NamespaceEntry namespace = each.namespace();
            if (!monitor.namespaces().covers(namespace.name(), namespace.labels())) {
                continue;
            }
            if (!monitor.ofServices()) {
                FlowEnd pods = new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace.name()), monitor.targets());
                List<PortMatch> ports = Stream.concat(
                                monitor.ports().stream().map(name -> new PortMatch.Named(Protocol.TCP, name)),
                                monitor.targetPorts().stream())
                        .toList();
                add(monitor, namespace, from, pods, ports, false);
                continue;
            }
            for (ServiceEntry service : each.services()) {
                if (monitor.targets().matches(Labels.of(service.labels()))) {
                    FlowEnd to = new FlowEnd.ServicePods(namespace.name(), service.name());
                    add(monitor, namespace, from, to, servicePorts(monitor, service), true);
                }
            }
        }
    }

    /** A ServiceMonitor takes the endpoints of a port by the name of the Service's port, or by where it leads. */
    private static List<PortMatch> servicePorts(Implication.Monitor monitor, ServiceEntry service) {
        List<PortMatch> ports = new ArrayList<>();
        for (ServiceEntry.Port port : service.ports()) {
            boolean named = !port.name().isEmpty() && monitor.ports().contains(port.name());
            boolean targeted = monitor.targetPorts().stream()
                    .anyMatch(wanted -> wanted.match(
                            number -> number.ports().contains(port.targetNumber()),
                            name -> name.name().equals(port.targetName()),
                            every -> false,
                            unknown -> false));
            if (named || targeted) {
                ports.add(PortMatch.Numbered.of(port.protocol(), port.number()));
            }
        }
        return ports;
    }

    private void add(
            Implication.Monitor monitor,
            NamespaceEntry namespace,
            FlowEnd from,
            FlowEnd to,
            List<PortMatch> ports,
            boolean ofService) {
        if (!ports.isEmpty()) {
            flows.add(
                    ImpliedKind.METRICS,
                    monitor.by(),
                    namespace.name(),
                    from,
                    to,
                    ofService ? new FlowPorts.OfService(ports) : new FlowPorts.OfPods(ports));
        }
    }
}
