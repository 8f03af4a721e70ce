package dev.flowguard.assess;

import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.ServiceEntry;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import java.util.List;
import java.util.stream.Stream;

/** Answers a single question: can this end reach that one, and why? Nothing needs to be declared for that. */
public final class Inquiry {
    private final Reachability reachability;
    private final PairCutter cutter;
    private final DestinationBinding destinations;
    private final NearMissSearch nearMisses;

    public Inquiry(Snapshot cluster) {
        PolicyView inForce = cluster.cni().enforcesPolicies() ? cluster : namespace -> List.of();
        this.reachability = new Reachability(cluster, inForce);
        this.cutter = new PairCutter(cluster, List.of(inForce));
        this.destinations = new DestinationBinding(cluster, new EndBinding(cluster));
        this.nearMisses = new NearMissSearch(cluster, inForce);
    }

    /**
     * Straight to the destination's own address. One trace for each address family that both have and each part of addresses
     * and ports that policies tell apart; none where they have no family in common.
     */
    public List<Trace> straight(Endpoint from, Endpoint to, Protocol protocol, PortRange ports) {
        List<Trace> traces = cutter.pairs(from, Destination.direct(to, protocol, ports)).stream()
                .map(reachability::trace)
                .toList();
        return traces.isEmpty() ? toItself(from, to, protocol, ports) : traces;
    }

    /**
     * Through a port of a Service, to each of the workloads and addresses behind it.
     *
     * @return none where nobody stands behind that port, or nobody with an address family of the source
     */
    public List<Trace> through(ServiceEntry service, ServiceEntry.Port port, Endpoint from) {
        FlowEnd.ServicePods end = new FlowEnd.ServicePods(service.namespace(), service.name());
        FlowPorts ports = new FlowPorts.OfService(List.of(PortMatch.Numbered.of(port.protocol(), port.number())));
        return destinations.destinations(end, ports, Within.ANYWHERE).stream()
                .flatMap(destination -> cutter.pairs(from, destination).stream())
                .map(reachability::trace)
                .toList();
    }

    /** What looks as if it were meant to let the traffic through a side that is not open. */
    public List<NearMiss> nearMisses(Trace trace, SideTrace side) {
        return side.answer().isYes() ? List.of() : nearMisses.search(trace.pair(), side);
    }

    /** A pod that reaches itself is no pair of ends, but a question that is asked. */
    private List<Trace> toItself(Endpoint from, Endpoint to, Protocol protocol, PortRange ports) {
        return Stream.of(new Pair(from, to, new Traffic(protocol, ports, IpFamily.IPV4, Route.DIRECT)))
                .filter(Pair::isOnePodWithItself)
                .map(reachability::trace)
                .toList();
    }
}
