package dev.flowguard.assess;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.WorkloadSet;
import dev.flowguard.contract.Expectation;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.policy.LabelSelector;
import java.util.List;
import java.util.stream.Stream;

/** The pairs from some workloads to a well-known destination, whether or not a contract speaks of them. */
public final class WellKnownTraffic {
    private final Snapshot cluster;
    private final FlowBinding binding;

    /** @param views the policies by which the pairs will be judged */
    public WellKnownTraffic(Snapshot cluster, List<PolicyView> views) {
        this.cluster = cluster;
        this.binding = new FlowBinding(cluster, views);
    }

    /** From each of these workloads; nothing where the destination is not known in this cluster. */
    public Stream<Pair> of(NamespaceShard namespace, WorkloadSet workloads, FlowEnd.WellKnown.Name to) {
        Flow flow = new Flow(
                to.spelling(),
                Expectation.ALLOWED,
                new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace.name()), LabelSelector.EVERYTHING),
                new FlowEnd.WellKnown(to),
                new FlowPorts.Every());
        return binding.pairs(flow, new Within.These(namespace, workloads), Within.ANYWHERE);
    }

    /** From those of the workloads of which a contract says that they must reach it. */
    public Stream<Pair> declared(NamespaceShard namespace, WorkloadSet workloads, FlowEnd.WellKnown.Name to) {
        Within these = new Within.These(namespace, workloads);
        return cluster.flowsTouching(namespace).stream()
                .map(DeclaredFlow::flow)
                .filter(flow ->
                        flow.to().equals(new FlowEnd.WellKnown(to)) && flow.expectation() == Expectation.ALLOWED)
                .flatMap(flow -> binding.pairs(flow, these, Within.ANYWHERE));
    }
}
