package dev.flowguard.binding;

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

/** The pairs from some workloads to a well-known destination. */
public final class WellKnownTraffic {
    private final Snapshot cluster;
    private final FlowBinding binding;

    /** @param views the policies by which the pairs will be judged */
    public WellKnownTraffic(Snapshot cluster, List<PolicyView> views) {
        this.cluster = cluster;
        this.binding = new FlowBinding(cluster, views);
    }

    /** From each of these workloads, whether or not a contract speaks of it; none where the destination is not known in this cluster. */
    public void forEach(
            NamespaceShard namespace, WorkloadSet workloads, FlowEnd.WellKnown.Name to, PairVisitor visitor) {
        Flow flow = new Flow(
                to.spelling(),
                Expectation.ALLOWED,
                new FlowEnd.Pods(LabelSelector.namespaceNamed(namespace.name()), LabelSelector.EVERYTHING),
                new FlowEnd.WellKnown(to),
                new FlowPorts.Every());
        binding.forEach(flow, new Within.These(namespace, workloads), Within.ANYWHERE, visitor);
    }

    /** From every workload of the pod network to those of the cluster's DNS pods, which live in that namespace. */
    public void forEachClientOfDns(NamespaceShard namespace, WorkloadSet dns, PairVisitor visitor) {
        Flow flow = new Flow(
                FlowEnd.WellKnown.Name.CLUSTER_DNS.spelling(),
                Expectation.ALLOWED,
                new FlowEnd.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING),
                new FlowEnd.WellKnown(FlowEnd.WellKnown.Name.CLUSTER_DNS),
                new FlowPorts.Every());
        binding.forEach(flow, Within.ANYWHERE, new Within.These(namespace, dns), visitor);
    }

    /** Only from those of the workloads of which a contract says that they must reach it. */
    public void forEachDeclared(
            NamespaceShard namespace, WorkloadSet workloads, FlowEnd.WellKnown.Name to, PairVisitor visitor) {
        Within these = new Within.These(namespace, workloads);
        FlowEnd end = new FlowEnd.WellKnown(to);
        for (DeclaredFlow declared : cluster.flowsTouching(namespace)) {
            Flow flow = declared.flow();
            if (flow.to().equals(end) && flow.expectation() == Expectation.ALLOWED) {
                binding.forEach(flow, these, Within.ANYWHERE, visitor);
            }
        }
    }
}
