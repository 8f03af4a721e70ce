package dev.flowguard.cli.explain;

import dev.flowguard.assess.repair.Inquiry;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.config.BadInput;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Can these reach those? Puts the question to the engine, through a Service where one is meant. */
public final class Question {
    private final AskedBy askedBy;
    private final Inquiry inquiry;
    private final NamedEnd from;
    private final NamedEnd to;
    private final List<PortQuestion> port;

    /** @param port empty where none was given: all ports of the Service */
    public Question(AskedBy askedBy, Inquiry inquiry, NamedEnd from, NamedEnd to, List<PortQuestion> port) {
        this.askedBy = askedBy;
        this.inquiry = inquiry;
        this.from = from;
        this.to = to;
        this.port = List.copyOf(port);
    }

    /** The traces, each once; never empty. */
    public List<Trace> ask() {
        List<ServiceEntry.Port> ports = servicePorts();
        if (ports.isEmpty() && port.isEmpty()) {
            throw new BadInput(askedBy.part("port") + " is missing: towards " + to.name()
                    + ", which is not a Service, a port must be said");
        }
        if (ports.isEmpty() && to.ends().isEmpty()) {
            throw new BadInput(noSuchPort());
        }
        List<Trace> traces = new ArrayList<>();
        for (Endpoint source : from.ends()) {
            if (ports.isEmpty()) {
                to.ends().forEach(destination -> traces.addAll(straight(source, destination)));
            } else {
                ports.forEach(each -> traces.addAll(inquiry.through(service(), each, source)));
            }
        }
        if (traces.isEmpty()) {
            throw new BadInput(nothingToAsk(ports));
        }
        return traces.stream().distinct().toList();
    }

    /** The same traffic as it would be declared, named for people: {@code storefront-to-orders}. */
    public Flow flow() {
        List<ServiceEntry.Port> ports = servicePorts();
        FlowEnd reached = ports.isEmpty()
                ? to.declared()
                : new FlowEnd.ServicePods(service().namespace(), service().name());
        FlowPorts on = ports.isEmpty()
                ? new FlowPorts.OfPods(port.stream().map(PortQuestion::declared).toList())
                : new FlowPorts.OfService(ports.stream()
                        .<PortMatch>map(each -> PortMatch.Numbered.of(each.protocol(), each.number()))
                        .toList());
        return new Flow(
                shortName(from.declared()) + "-to-" + shortName(reached),
                Expectation.ALLOWED,
                from.declared(),
                reached,
                on);
    }

    private static String shortName(FlowEnd end) {
        return end.match(
                pods -> pods.pods().toString(),
                ownedBy -> ownedBy.owner().name(),
                FlowEnd.ServicePods::name,
                outside -> outside.cidr().toString(),
                wellKnown -> wellKnown.name().spelling());
    }

    /** What was understood, where that is not plain. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(List.of(from.note(), to.note()));
        if (!servicePorts().isEmpty() && !to.ends().isEmpty()) {
            notes.add(to.name() + " is a Service, and a workload too; this is a port of the Service; for the pods"
                    + " themselves write " + askedBy.part("to", to.kind() + "/" + to.name()));
        }
        notes.removeIf(String::isEmpty);
        return notes;
    }

    private ServiceEntry service() {
        return to.services().get(0);
    }

    /** The ports of the Service that are meant; none where the pods themselves are. */
    private List<ServiceEntry.Port> servicePorts() {
        return to.services().stream()
                .flatMap(service -> service.ports().stream())
                .filter(each -> port.stream().allMatch(wanted -> wanted.matches(each)))
                .toList();
    }

    private List<Trace> straight(Endpoint source, Endpoint destination) {
        PortQuestion wanted = port.get(0);
        Optional<PortRange> number = destination.match(
                pods -> wanted.on(pods.workload()),
                addresses -> wanted.isNamed() ? Optional.empty() : Optional.of(PortRange.of(wanted.number())));
        return number.map(range -> inquiry.straight(source, destination, wanted.protocol(), range))
                .orElse(List.of());
    }

    private String noSuchPort() {
        String ports = service().ports().stream()
                .map(each ->
                        each.number() + "/" + each.protocol() + (each.name().isEmpty() ? "" : " (" + each.name() + ")"))
                .collect(Collectors.joining(", "));
        return askedBy.part("port", port.get(0).toString()) + ": Service " + service() + " has no such port; it has "
                + ports;
    }

    private String nothingToAsk(List<ServiceEntry.Port> ports) {
        if (from.ends().isEmpty()) {
            return askedBy.part("from", from.name()) + " is a Service, and no pod stands behind it";
        }
        if (!ports.isEmpty()) {
            return askedBy.part("to", to.name()) + ": no pod stands behind that port of the Service that " + from.name()
                    + " has an address family in common with";
        }
        return port.get(0).isNamed()
                ? askedBy.part("port", port.get(0).toString()) + ": " + to.name() + " declares no port of that name"
                : from.name() + " and " + to.name() + " have no address family in common";
    }
}
