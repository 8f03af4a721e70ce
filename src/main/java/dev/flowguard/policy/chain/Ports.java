package dev.flowguard.policy.chain;

import dev.flowguard.net.PortRange;
import dev.flowguard.net.Protocol;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which protocols and ports a rule speaks of: an expression that is asked with three values. */
public sealed interface Ports {
    /** Every protocol, those without ports included. */
    @SuppressWarnings(
            "ClassInitializationDeadlock") // Records without static state; whoever loads first, nothing waits.
    Ports EVERY = new AllOf(List.of());

    @SuppressWarnings(
            "ClassInitializationDeadlock") // Records without static state; whoever loads first, nothing waits.
    Ports NONE = new AnyOf(List.of());

    <T> T accept(Cases<T> cases);

    /** The Services of which one would have to know to which ports they lead. */
    default Stream<Ends.OfService> services() {
        return Stream.empty();
    }

    /** A method for each sort of expression. */
    interface Cases<T> {
        T allOf(AllOf all);

        T anyOf(AnyOf any);

        T not(Not not);

        T unclear(Unclear unclear);

        T protocols(Protocols protocols);

        T numbered(Numbered numbered);

        T named(Named named);

        T targets(Targets targets);
    }

    static Ports allOf(Collection<Ports> parts) {
        return parts.size() == 1 ? parts.iterator().next() : new AllOf(List.copyOf(parts));
    }

    static Ports anyOf(Collection<Ports> parts) {
        return parts.size() == 1 ? parts.iterator().next() : new AnyOf(List.copyOf(parts));
    }

    static Ports not(Ports part) {
        return new Not(part);
    }

    /** What all of the parts speak of; without any, everything. */
    record AllOf(List<Ports> parts) implements Ports {
        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<Ends.OfService> services() {
            return parts.stream().flatMap(Ports::services);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.allOf(this);
        }
    }

    /** What one of the parts speaks of; without any, nothing. */
    record AnyOf(List<Ports> parts) implements Ports {
        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public Stream<Ends.OfService> services() {
            return parts.stream().flatMap(Ports::services);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.anyOf(this);
        }
    }

    record Not(Ports part) implements Ports {
        @Override
        public Stream<Ends.OfService> services() {
            return part.services();
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.not(this);
        }
    }

    /**
     * Nobody can tell.
     *
     * @param why a clause for people
     */
    record Unclear(String why) implements Ports {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.unclear(this);
        }
    }

    /** Everything of these protocols. */
    record Protocols(Set<Protocol> protocols) implements Ports {
        public Protocols {
            protocols = Set.copyOf(protocols);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.protocols(this);
        }
    }

    /** These numbers, of protocols that have ports. */
    record Numbered(Set<Protocol> protocols, List<PortRange> ranges) implements Ports {
        public Numbered {
            protocols = Set.copyOf(protocols);
            ranges = List.copyOf(ranges);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.numbered(this);
        }
    }

    /**
     * Container ports of that name of the pod that receives, for these protocols; where nobody receives as a pod, none.
     *
     * @param sameness which pods have each other's ports
     */
    record Named(Set<Protocol> protocols, String name, Sameness sameness) implements Ports {
        public Named {
            protocols = Set.copyOf(protocols);
        }

        /** Each pod has its own. */
        public Named(Set<Protocol> protocols, String name) {
            this(protocols, name, Sameness.EACH_POD_FOR_ITSELF);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.named(this);
        }
    }

    /** The ports to which that Service leads on the end that receives, as its EndpointSlices have them. */
    record Targets(String namespace, String service) implements Ports {
        @Override
        public Stream<Ends.OfService> services() {
            return Stream.of(new Ends.OfService(namespace, service));
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.targets(this);
        }
    }
}
