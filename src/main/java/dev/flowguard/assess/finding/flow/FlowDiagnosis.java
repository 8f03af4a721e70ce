package dev.flowguard.assess.finding.flow;

import dev.flowguard.binding.Unbound;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a declared flow is not there: pods, namespaces, Services and ports, each with the nearest that is. Both ends are looked
 * at, so that two mistakes are told at once. A flow about which it says nothing may still be unbound, for a reason that is no
 * mistake of spelling.
 */
public final class FlowDiagnosis {
    private final Snapshot cluster;
    private final String home;

    /** @param home the namespace in which the flow was written, whose names go without it; empty for none */
    public FlowDiagnosis(Snapshot cluster, String home) {
        this.cluster = cluster;
        this.home = home;
    }

    public List<Advice> examine(Flow flow) {
        return Stream.of(end(flow.from(), Unbound.End.FROM), end(flow.to(), Unbound.End.TO), ports(flow))
                .flatMap(advice -> advice)
                .toList();
    }

    private Stream<Advice> end(FlowEnd end, Unbound.End which) {
        return end.match(
                pods -> new MissingPods(cluster, which).examine(pods),
                ownedBy -> Stream.empty(),
                service -> new MissingService(cluster, home, which).examine(service),
                outside -> Stream.empty(),
                wellKnown -> Stream.empty());
    }

    private Stream<Advice> ports(Flow flow) {
        return flow.to()
                .match(
                        pods -> MissingPodPort.of(pods, cluster).examine(flow.ports()),
                        ownedBy -> MissingPodPort.of(ownedBy, cluster).examine(flow.ports()),
                        service -> new MissingServicePort(cluster, home).examine(service, flow.ports()),
                        outside -> Stream.empty(),
                        wellKnown -> Stream.empty());
    }
}
