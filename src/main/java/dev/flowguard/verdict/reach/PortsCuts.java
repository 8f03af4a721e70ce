package dev.flowguard.verdict.reach;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.net.PortRange;
import dev.flowguard.policy.chain.Ports;
import dev.flowguard.verdict.match.PortsMatcher;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;
import java.util.stream.Stream;

/** The port ranges that an expression tells apart at a destination, as {@link EndsCuts} does for addresses. */
public final class PortsCuts {
    private final PortsMatcher matcher;

    public PortsCuts(Snapshot cluster) {
        this.matcher = new PortsMatcher(cluster);
    }

    public List<PortRange> of(Ports ports, Endpoint destination) {
        return ports.accept(new At(destination)).distinct().toList();
    }

    private final class At implements Ports.Cases<Stream<PortRange>> {
        private final Endpoint destination;

        At(Endpoint destination) {
            this.destination = destination;
        }

        @Override
        public Stream<PortRange> allOf(Ports.AllOf all) {
            return all.parts().stream().flatMap(part -> part.accept(this));
        }

        @Override
        public Stream<PortRange> anyOf(Ports.AnyOf any) {
            return any.parts().stream().flatMap(part -> part.accept(this));
        }

        @Override
        public Stream<PortRange> not(Ports.Not not) {
            return not.part().accept(this);
        }

        @Override
        public Stream<PortRange> unclear(Ports.Unclear unclear) {
            return Stream.empty();
        }

        @Override
        public Stream<PortRange> protocols(Ports.Protocols protocols) {
            return Stream.empty();
        }

        @Override
        public Stream<PortRange> numbered(Ports.Numbered numbered) {
            return numbered.ranges().stream();
        }

        @Override
        public Stream<PortRange> named(Ports.Named named) {
            return matcher.numbersOf(named, destination).stream().map(Fact.Endpoints.Port::number);
        }

        @Override
        public Stream<PortRange> targets(Ports.Targets targets) {
            return matcher.targetsOf(targets, destination).stream().map(Fact.Endpoints.Port::number);
        }
    }
}
