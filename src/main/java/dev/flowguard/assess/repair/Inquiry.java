package dev.flowguard.assess.repair;

import dev.flowguard.binding.Destination;
import dev.flowguard.binding.DestinationBinding;
import dev.flowguard.binding.EndBinding;
import dev.flowguard.binding.FlowBinding;
import dev.flowguard.binding.PairCutter;
import dev.flowguard.binding.Within;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.Reachability;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Pair;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import dev.flowguard.verdict.trace.NearMiss;
import dev.flowguard.verdict.trace.NearMissSearch;
import dev.flowguard.verdict.trace.SideTrace;
import dev.flowguard.verdict.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Answers a single question: can this end reach that one, why, and what would let it? Nothing needs to be declared for that.
 */
public final class Inquiry {
    private final Snapshot cluster;
    private final PolicyView inForce;
    private final Reachability reachability;
    private final PairCutter cutter;
    private final DestinationBinding destinations;
    private final NearMissSearch nearMisses;

    public Inquiry(Snapshot cluster) {
        this.cluster = cluster;
        this.inForce = cluster.cni().enforcesPolicies() ? cluster : namespace -> List.of();
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

    /**
     * The smallest rules that let through all that is surely blocked of the asked traffic; empty where nothing is, and where no such
     * rules were found. They have been judged: nothing else is opened by them.
     *
     * @param asked the same traffic, as if somebody declared that it must be possible
     */
    public Optional<Repair> repair(List<Trace> traces, Flow asked) {
        List<Pair> blocked = traces.stream()
                .filter(trace -> trace.verdict().answer().isNo())
                .map(Trace::pair)
                .toList();
        if (blocked.isEmpty()) {
            return Optional.empty();
        }
        ContractSource nobody =
                ContractSource.resource(new ObjectRef(ContractSource.CLUSTER_FLOW_CONTRACT, "", "asked"));
        DeclaredFlow flow = new DeclaredFlow(new Contract(nobody, Enforcement.AUDIT, List.of(asked), List.of()), asked);
        return new RepairSearch(cluster, inForce, Set.of()).search(flow).filter(repair -> {
            Reachability after = new Reachability(cluster, repaired(repair));
            return blocked.stream().allMatch(pair -> after.answer(pair).isYes());
        });
    }

    private PolicyView repaired(Repair repair) {
        return RepairedPolicies.none(cluster, inForce).with(repair.steps()).view();
    }

    /** The declared flows that must stay blocked, and of which those rules would open something. */
    public List<DeclaredFlow> forbidding(Repair repair) {
        PolicyView repaired = repaired(repair);
        Reachability after = new Reachability(cluster, repaired);
        FlowBinding binding = new FlowBinding(cluster, List.of(inForce, repaired));
        return cluster.flows().stream()
                .filter(flow -> flow.flow().expectation() == Expectation.BLOCKED)
                .filter(flow -> !binding.forEach(
                        flow.flow(),
                        pair -> !after.answer(pair).isYes()
                                || reachability.answer(pair).isYes()))
                .toList();
    }

    /** The implied flows that need some of the asked traffic; none where a declared flow speaks of it, which then says more. */
    public List<DeclaredFlow> implied(List<Trace> traces) {
        FlowBinding binding = new FlowBinding(cluster, List.of(inForce));
        List<DeclaredFlow> needing = cluster.flows().stream()
                .filter(flow -> flow.flow().expectation() == Expectation.ALLOWED)
                .filter(flow -> !binding.forEach(
                        flow.flow(), pair -> traces.stream().noneMatch(trace -> overlap(trace.pair(), pair))))
                .toList();
        boolean declared =
                needing.stream().anyMatch(flow -> !flow.contract().source().isImplied());
        return declared ? List.of() : needing;
    }

    private static boolean overlap(Pair one, Pair other) {
        return one.traffic().protocol() == other.traffic().protocol()
                && one.traffic().ports().overlaps(other.traffic().ports())
                && overlap(one.source(), other.source())
                && overlap(one.destination(), other.destination());
    }

    private static boolean overlap(Endpoint one, Endpoint other) {
        return one.match(
                pods -> other.match(more -> more.workload().equals(pods.workload()), addresses -> false),
                range -> other.match(
                        pods -> false, addresses -> addresses.range().overlaps(range.range())));
    }

    /** A pod that reaches itself is no pair of ends, but a question that is asked. */
    private List<Trace> toItself(Endpoint from, Endpoint to, Protocol protocol, PortRange ports) {
        return Stream.of(new Pair(from, to, new Traffic(protocol, ports, IpFamily.IPV4, Route.DIRECT)))
                .filter(Pair::isOnePodWithItself)
                .map(reachability::trace)
                .toList();
    }
}
