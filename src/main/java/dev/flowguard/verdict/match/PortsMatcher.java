package dev.flowguard.verdict.match;

import dev.flowguard.cluster.CniProfile;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.net.IpFamily;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import dev.flowguard.policy.Answer;
import dev.flowguard.policy.Direction;
import dev.flowguard.policy.PortMatch;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.Route;
import dev.flowguard.verdict.pair.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Does a rule of another kind than a NetworkPolicy's speak of this protocol and port? Asked of one kind of traffic, or of all ports at
 * once; both ways agree.
 */
public final class PortsMatcher {
    private final Snapshot cluster;
    private final PortMatcher names;
    private final SharedPorts shared;
    private final CniProfile cni;

    public PortsMatcher(Snapshot cluster) {
        this.cluster = cluster;
        this.cni = cluster.cni();
        this.names = new PortMatcher(cni);
        this.shared = new SharedPorts(cluster);
    }

    /** @param destination whose named ports count */
    public Answer match(Ports ports, Endpoint destination, Traffic traffic) {
        return ports.accept(new OfTraffic(destination, traffic));
    }

    /** For all ports of the protocols that have ports. */
    public Allowance all(Ports ports, Endpoint destination) {
        return ports.accept(new OfAll(destination));
    }

    /** Whether the answers depend on more of the destination than the ports that it declares. */
    public static boolean dependOnService(Ports ports) {
        return ports.accept(new Ports.Cases<>() {
            @Override
            public Boolean allOf(Ports.AllOf all) {
                return all.parts().stream().anyMatch(part -> part.accept(this));
            }

            @Override
            public Boolean anyOf(Ports.AnyOf any) {
                return any.parts().stream().anyMatch(part -> part.accept(this));
            }

            @Override
            public Boolean not(Ports.Not not) {
                return not.part().accept(this);
            }

            @Override
            public Boolean unclear(Ports.Unclear unclear) {
                return false;
            }

            @Override
            public Boolean protocols(Ports.Protocols protocols) {
                return false;
            }

            @Override
            public Boolean numbered(Ports.Numbered numbered) {
                return false;
            }

            @Override
            public Boolean named(Ports.Named named) {
                return named.sameness().isShared();
            }

            @Override
            public Boolean targets(Ports.Targets targets) {
                return true;
            }
        });
    }

    private final class OfTraffic implements Ports.Cases<Answer> {
        private final Endpoint destination;
        private final Traffic traffic;

        OfTraffic(Endpoint destination, Traffic traffic) {
            this.destination = destination;
            this.traffic = traffic;
        }

        @Override
        public Answer allOf(Ports.AllOf all) {
            return all.parts().stream().map(part -> part.accept(this)).reduce(Answer.YES, Answer::and);
        }

        @Override
        public Answer anyOf(Ports.AnyOf any) {
            return any.parts().stream().map(part -> part.accept(this)).reduce(Answer.NO, Answer::or);
        }

        @Override
        public Answer not(Ports.Not not) {
            return not.part().accept(this).negated();
        }

        @Override
        public Answer unclear(Ports.Unclear unclear) {
            return Answer.UNKNOWN;
        }

        @Override
        public Answer protocols(Ports.Protocols protocols) {
            return Answer.of(protocols.protocols().contains(traffic.protocol()));
        }

        @Override
        public Answer numbered(Ports.Numbered numbered) {
            if (!hasPort(numbered.protocols().contains(traffic.protocol()))) {
                return Answer.NO;
            }
            Answer answer = Answer.NO;
            for (PortRange range : numbered.ranges()) {
                answer = answer.or(holds(range));
            }
            return answer;
        }

        private Answer holds(PortRange range) {
            return range.contains(traffic.ports())
                    ? Answer.YES
                    : range.overlaps(traffic.ports()) ? Answer.UNKNOWN : Answer.NO;
        }

        @Override
        public Answer named(Ports.Named named) {
            if (!hasPort(named.protocols().contains(traffic.protocol()))) {
                return Answer.NO;
            }
            return named.sameness().isShared() ? sharedName(named) : ownName(named);
        }

        private Answer ownName(Ports.Named named) {
            PortMatch.Named asked = new PortMatch.Named(traffic.protocol(), named.name());
            return names.match(asked, Direction.INGRESS, destination, traffic).answer();
        }

        private Answer sharedName(Ports.Named named) {
            Map<Integer, Answer> numbers = sharedNumbers(named, traffic.protocol(), destination);
            return numbers.entrySet().stream()
                    .filter(number -> traffic.ports().equals(PortRange.of(number.getKey())))
                    .map(Map.Entry::getValue)
                    .reduce(Answer.NO, Answer::or);
        }

        @Override
        public Answer targets(Ports.Targets targets) {
            return targetsOf(targets, destination).stream()
                    .filter(target -> target.protocol() == traffic.protocol() && hasPort(true))
                    .map(target -> holds(target.number()))
                    .reduce(Answer.NO, Answer::or);
        }

        private boolean hasPort(boolean isOfProtocol) {
            return isOfProtocol && traffic.protocol().isInPolicies();
        }
    }

    private final class OfAll implements Ports.Cases<Allowance> {
        private final Endpoint destination;

        OfAll(Endpoint destination) {
            this.destination = destination;
        }

        @Override
        public Allowance allOf(Ports.AllOf all) {
            return all.parts().stream().map(part -> part.accept(this)).reduce(Allowance.EVERYTHING, Allowance::and);
        }

        @Override
        public Allowance anyOf(Ports.AnyOf any) {
            return any.parts().stream().map(part -> part.accept(this)).reduce(Allowance.NOTHING, Allowance::or);
        }

        @Override
        public Allowance not(Ports.Not not) {
            return not.part().accept(this).negated();
        }

        @Override
        public Allowance unclear(Ports.Unclear unclear) {
            return Allowance.UNKNOWN;
        }

        @Override
        public Allowance protocols(Ports.Protocols protocols) {
            return sure(protocols.protocols().stream()
                    .filter(Protocol::isInPolicies)
                    .map(protocol -> PortSet.of(protocol, PortRange.ALL)));
        }

        @Override
        public Allowance numbered(Ports.Numbered numbered) {
            return sure(numbered.protocols().stream()
                    .filter(Protocol::isInPolicies)
                    .flatMap(protocol -> numbered.ranges().stream().map(range -> PortSet.of(protocol, range))));
        }

        @Override
        public Allowance named(Ports.Named named) {
            return numbersOf(named, destination).stream()
                    .map(port -> asked(named, port.protocol(), port.number()))
                    .reduce(Allowance.NOTHING, Allowance::or);
        }

        @Override
        public Allowance targets(Ports.Targets targets) {
            return targetsOf(targets, destination).stream()
                    .map(target -> asked(targets, target.protocol(), target.number()))
                    .reduce(Allowance.NOTHING, Allowance::or);
        }

        private Allowance asked(Ports ports, Protocol protocol, PortRange range) {
            Traffic traffic = new Traffic(protocol, range, IpFamily.IPV4, Route.DIRECT);
            return Allowance.of(match(ports, destination, traffic), PortSet.of(protocol, range));
        }

        private Allowance sure(Stream<PortSet> sets) {
            PortSet ports = PortSet.union(sets.toList());
            return new Allowance(ports, ports);
        }
    }

    /** The ports that a name may mean on that destination. */
    public List<Fact.Endpoints.Port> numbersOf(Ports.Named named, Endpoint destination) {
        List<Fact.Endpoints.Port> found = new ArrayList<>();
        if (named.sameness().isShared()) {
            for (Protocol protocol : named.protocols()) {
                sharedNumbers(named, protocol, destination)
                        .keySet()
                        .forEach(number -> found.add(new Fact.Endpoints.Port(protocol, PortRange.of(number))));
            }
            return found;
        }
        destination
                .match(pods -> pods.workload().ports().stream(), addresses -> Stream.<NamedPort>empty())
                .filter(port -> port.name().equals(named.name()))
                .forEach(port -> found.add(new Fact.Endpoints.Port(port.protocol(), PortRange.of(port.number()))));
        return found;
    }

    private Map<Integer, Answer> sharedNumbers(Ports.Named named, Protocol protocol, Endpoint destination) {
        return destination.match(
                pods -> pods.workload().hostNetwork()
                        ? Map.of()
                        : shared.numbers(named.sameness(), named.name(), protocol, pods.workload()),
                addresses -> Map.of());
    }

    /** The ports to which a Service leads on that destination. */
    public List<Fact.Endpoints.Port> targetsOf(Ports.Targets targets, Endpoint destination) {
        Optional<NamespaceShard> shard = cluster.namespace(targets.namespace());
        Optional<ServiceEntry> service = shard.flatMap(found -> found.service(targets.service()));
        List<Fact.Endpoints.Port> found = new ArrayList<>();
        if (service.isEmpty()) {
            return found;
        }
        if (service.get().hasSelector()) {
            destination
                    .match(pods -> service.get().ports().stream(), addresses -> Stream.<ServiceEntry.Port>empty())
                    .forEach(port -> destination
                            .match(pods -> port.targetOn(pods.workload()), addresses -> Optional.<Integer>empty())
                            .ifPresent(number ->
                                    found.add(new Fact.Endpoints.Port(port.protocol(), PortRange.of(number)))));
            return found;
        }
        shard.ifPresent(known -> known.endpoints(targets.service()).forEach(slice -> found.addAll(slice.ports())));
        return found;
    }
}
