package dev.flowguard.binding;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.verdict.match.Classes;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a declared flow into the pairs of this cluster that it speaks of. */
public final class FlowBinding {
    private final Snapshot cluster;
    private final EndBinding ends;
    private final DestinationBinding destinations;
    private final PairCutter cutter;

    /** @param views the policies by which the pairs will be judged */
    public FlowBinding(Snapshot cluster, List<PolicyView> views) {
        this.cluster = cluster;
        this.ends = new EndBinding(cluster);
        this.destinations = new DestinationBinding(cluster, ends);
        this.cutter = new PairCutter(cluster, views);
    }

    /** @return whether all pairs were visited */
    public boolean forEach(Flow flow, Within sources, Within destinations, PairVisitor visitor) {
        return forEach(flow, bind(flow, sources, destinations), visitor);
    }

    private boolean forEach(Flow flow, Ends bound, PairVisitor visitor) {
        List<Endpoint> carriers = ends.carriers(flow.from());
        PairVisitor told = carriers.isEmpty() ? visitor : pair -> visitor.visit(pair.sentBy(carriers));
        for (Endpoint source : bound.senders()) {
            for (Destination reach : bound.reached()) {
                if (!cutter.forEach(source, reach, told)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * As {@link #forEach(Flow, Within, Within, PairVisitor)}, by classes where there are many pairs.
     *
     * @param classes those of the policies by which is judged; empty: each pair by itself
     * @return whether all pairs were visited
     */
    public boolean forEachAlike(
            Flow flow, Within sources, Within destinations, Supplier<Optional<Classes>> classes, AlikeVisitor visitor) {
        Ends bound = bind(flow, sources, destinations);
        Optional<AlikeWalk> alike = walkAlike(flow, bound, classes);
        if (alike.isPresent()) {
            return alike.get().forEach(visitor);
        }
        return forEach(flow, bound, pair -> switch (visitor.visit(AlikePairs.single(pair))) {
            case STOP -> false;
            case GO_ON -> true;
            case SHOW_EACH -> {
                visitor.show(pair);
                yield true;
            }
        });
    }

    /** Whether it has more ends to put together than that; cheaper than to visit them. */
    public boolean isMoreThan(long most, Flow flow, Within sources, Within destinations) {
        return bind(flow, sources, destinations).combinations() > most;
    }

    /** All pairs, wherever their ends are. */
    public boolean forEach(Flow flow, PairVisitor visitor) {
        return forEach(flow, Within.ANYWHERE, Within.ANYWHERE, visitor);
    }

    /**
     * All pairs by classes, to be visited in portions.
     *
     * @return empty where they are too few for that
     */
    public Optional<AlikeWalk> walkAlike(Flow flow, Supplier<Optional<Classes>> classes) {
        return walkAlike(flow, bind(flow, Within.ANYWHERE, Within.ANYWHERE), classes);
    }

    private Optional<AlikeWalk> walkAlike(Flow flow, Ends bound, Supplier<Optional<Classes>> classes) {
        return bound.isLarge() && ends.carriers(flow.from()).isEmpty()
                ? classes.get().map(known -> new AlikeWalk(cutter, known, bound.senders(), bound.reached()))
                : Optional.empty();
    }

    /** Which ports it speaks of at whatever it reaches. */
    public Stream<PortMatch.Numbered> numbersReached(Flow flow) {
        return reached(flow, Within.ANYWHERE).stream()
                .map(reached -> new PortMatch.Numbered(reached.protocol(), reached.ports(), false))
                .distinct();
    }

    /** All pairs, to be visited in portions. */
    public PairWalk walk(Flow flow) {
        Ends bound = bind(flow, Within.ANYWHERE, Within.ANYWHERE);
        return new PairWalk(cutter, bound.senders(), bound.reached(), ends.carriers(flow.from()));
    }

    private record Ends(List<Endpoint> senders, List<Destination> reached) {
        /** So many pairs, and so many at both ends, that finding out who is alike costs less than asking them all. */
        private static final int MANY_PAIRS = 4_096;

        private static final int SOME = 8;

        static final Ends NONE = new Ends(List.of(), List.of());

        boolean isLarge() {
            return senders.size() >= SOME && reached.size() >= SOME && combinations() >= MANY_PAIRS;
        }

        long combinations() {
            return (long) senders.size() * reached.size();
        }
    }

    /** The narrower end is looked at first: where it has nobody, nobody is looked for at the other. */
    private Ends bind(Flow flow, Within sources, Within destinations) {
        if (sources.isNobody() || destinations.isNobody()) {
            return Ends.NONE;
        }
        if (sources.isNarrow()) {
            List<Endpoint> senders = ends.sources(flow.from(), sources);
            return senders.isEmpty() ? Ends.NONE : new Ends(senders, reached(flow, destinations));
        }
        List<Destination> reached = reached(flow, destinations);
        return reached.isEmpty() ? Ends.NONE : new Ends(ends.sources(flow.from(), sources), reached);
    }

    private List<Destination> reached(Flow flow, Within within) {
        return destinations.destinations(flow.to(), flow.ports(), within);
    }

    /** Why the flow has no pair at all; empty where it has one. */
    public Optional<Unbound> unbound(Flow flow) {
        List<Endpoint> senders = ends.sources(flow.from(), Within.ANYWHERE);
        if (senders.isEmpty()) {
            return Optional.of(withoutWorkload(flow.from(), Unbound.End.FROM));
        }
        List<Destination> reached = reached(flow, Within.ANYWHERE);
        if (reached.isEmpty()) {
            return Optional.of(withoutDestination(flow));
        }
        for (Endpoint sender : senders) {
            for (Destination destination : reached) {
                boolean hasNone = cutter.forEach(sender, destination, pair -> false);
                if (!hasNone) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(withoutPair(flow));
    }

    private Unbound withoutDestination(Flow flow) {
        Optional<String> namedPort =
                flow.ports().match(FlowBinding::namedPorts, onService -> Optional.empty(), Optional::empty);
        boolean someoneIsThere = !ends.sources(flow.to(), Within.ANYWHERE).isEmpty();
        if (someoneIsThere && namedPort.isPresent()) {
            return new Unbound(Unbound.Reason.NO_SUCH_NAMED_PORT, Unbound.End.TO, namedPort.get());
        }
        return flow.to()
                .match(
                        pods -> withoutWorkload(pods, Unbound.End.TO),
                        ownedBy -> withoutWorkload(ownedBy, Unbound.End.TO),
                        service -> withoutServicePort(service, flow.ports()),
                        outside -> withoutWorkload(outside, Unbound.End.TO),
                        wellKnown -> notReached(wellKnown, Unbound.End.TO));
    }

    private static Optional<String> namedPorts(FlowPorts.OfPods ports) {
        String names = ports.ports().stream()
                .flatMap(port -> port.<Stream<String>>match(
                        numbered -> Stream.empty(),
                        named -> Stream.of(named.toString()),
                        every -> Stream.empty(),
                        unknown -> Stream.empty()))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private Unbound withoutServicePort(FlowEnd.ServicePods end, FlowPorts ports) {
        Optional<ServiceEntry> service = cluster.service(end.namespace(), end.name());
        if (service.isEmpty()) {
            return withoutWorkload(end, Unbound.End.TO);
        }
        List<ServiceEntry.Port> meant = DestinationBinding.servicePorts(service.get(), ports);
        if (meant.isEmpty()) {
            String wanted = ports.match(
                    onPods -> written(onPods.ports()), onService -> written(onService.ports()), () -> "any port");
            return new Unbound(
                    Unbound.Reason.NO_SUCH_SERVICE_PORT,
                    Unbound.End.TO,
                    end.namespace() + "/" + end.name() + " " + wanted);
        }
        String targets = meant.stream()
                .filter(port -> !port.targetName().isEmpty())
                .map(port -> port.targetName() + "/" + port.protocol())
                .collect(Collectors.joining(", "));
        boolean podsAreThere = !ends.workloads(end, Within.ANYWHERE).isEmpty();
        return podsAreThere && !targets.isEmpty()
                ? new Unbound(Unbound.Reason.NO_SUCH_NAMED_PORT, Unbound.End.TO, targets)
                : withoutWorkload(end, Unbound.End.TO);
    }

    private static String written(List<PortMatch> ports) {
        return ports.stream().map(PortMatch::toString).collect(Collectors.joining(", "));
    }

    private Unbound withoutWorkload(FlowEnd end, Unbound.End which) {
        return end.match(
                pods -> new Unbound(
                        onlyOnHostNetwork(
                                !ends.allWorkloads(pods, Within.ANYWHERE).isEmpty()),
                        which,
                        inNamespaces(pods)),
                ownedBy -> new Unbound(
                        onlyOnHostNetwork(
                                !ends.allWorkloads(ownedBy, Within.ANYWHERE).isEmpty()),
                        which,
                        ownedBy.owner().toString()),
                service -> new Unbound(withoutPods(service), which, service.namespace() + "/" + service.name()),
                outside -> new Unbound(
                        Unbound.Reason.NOTHING_OUTSIDE, which, outside.cidr().toString()),
                wellKnown -> notReached(wellKnown, which));
    }

    /** A DNS Service that is there and leads nowhere is another matter than none. */
    private Unbound notReached(FlowEnd.WellKnown end, Unbound.End which) {
        if (end.name() != FlowEnd.WellKnown.Name.CLUSTER_DNS) {
            return new Unbound(Unbound.Reason.NOT_DISCOVERED, which, end.name().spelling());
        }
        return cluster.dns().services().stream()
                .findFirst()
                .map(service -> withoutDns(service, which))
                .orElseGet(() -> new Unbound(
                        Unbound.Reason.NOT_DISCOVERED, which, end.name().spelling()));
    }

    private static Unbound withoutDns(ServiceEntry service, Unbound.End which) {
        String name = service.namespace() + "/" + service.name();
        boolean offersDns = service.ports().stream().anyMatch(port -> port.number() == ClusterDns.PORT);
        return offersDns
                ? new Unbound(Unbound.Reason.NO_PODS_BEHIND_SERVICE, which, name)
                : new Unbound(Unbound.Reason.NO_SUCH_SERVICE_PORT, which, name + " port " + ClusterDns.PORT);
    }

    private static Unbound.Reason onlyOnHostNetwork(boolean anyIsThere) {
        return anyIsThere ? Unbound.Reason.ONLY_HOST_NETWORK : Unbound.Reason.NO_WORKLOAD;
    }

    private Unbound.Reason withoutPods(FlowEnd.ServicePods service) {
        if (cluster.service(service.namespace(), service.name()).isPresent()) {
            return Unbound.Reason.NO_PODS_BEHIND_SERVICE;
        }
        return cluster.alias(service.namespace(), service.name()).isPresent()
                ? Unbound.Reason.SERVICE_IS_ALIAS
                : Unbound.Reason.NO_SUCH_SERVICE;
    }

    private static String inNamespaces(FlowEnd.Pods end) {
        String pods = end.pods().selectsEverything() ? "any pod" : end.pods().toString();
        return end.namespaces().selectsEverything()
                ? pods
                : pods + " in " + end.namespaces().namespaces();
    }

    private Unbound withoutPair(Flow flow) {
        if (!meet(flow)) {
            return new Unbound(Unbound.Reason.NO_COMMON_FAMILY, Unbound.End.TO, "");
        }
        return nothingOutside(flow.from(), Unbound.End.FROM)
                .or(() -> nothingOutside(flow.to(), Unbound.End.TO))
                .orElseGet(() -> new Unbound(Unbound.Reason.ONLY_ITSELF, Unbound.End.TO, ""));
    }

    private Optional<Unbound> nothingOutside(FlowEnd end, Unbound.End which) {
        return end.match(
                pods -> Optional.empty(),
                ownedBy -> Optional.empty(),
                service -> Optional.empty(),
                outside -> Optional.of(withoutWorkload(outside, which)),
                wellKnown -> Optional.empty());
    }

    private boolean meet(Flow flow) {
        return ends.sources(flow.from(), Within.ANYWHERE).stream()
                .anyMatch(source -> reached(flow, Within.ANYWHERE).stream()
                        .anyMatch(destination -> cutter.haveCommonFamily(source, destination)));
    }
}
