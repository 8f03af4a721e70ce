package dev.flowguard.assess.suggest;

import dev.flowguard.assess.repair.WorkloadNaming;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Owner;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.ImpliedKind;
import dev.flowguard.policy.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the cluster's objects imply, as flows that a namespace can declare. That pods resolve names is said by others. */
final class NeededFlows {
    private final Snapshot cluster;

    NeededFlows(Snapshot cluster) {
        this.cluster = cluster;
    }

    /** Those that reach a Service of the namespace, and those of its workloads to the API server. */
    List<Draft> of(NamespaceShard shard) {
        List<Draft> drafts = new ArrayList<>();
        for (Contract contract : cluster.implied()) {
            ImpliedKind kind = contract.source().impliedKind().orElse(ImpliedKind.CLUSTER_DNS);
            for (Flow flow : contract.flows()) {
                if (kind != ImpliedKind.CLUSTER_DNS) {
                    draft(kind, contract, flow, shard, drafts);
                }
            }
        }
        return drafts;
    }

    private void draft(ImpliedKind kind, Contract contract, Flow flow, NamespaceShard shard, List<Draft> drafts) {
        String because = contract.source().toString();
        if (flow.to() instanceof FlowEnd.ServicePods service
                && service.namespace().equals(shard.name())) {
            senders(flow.from())
                    .forEach(from -> drafts.add(new Draft(
                            List.of(kind.id(), service.name()), from, flow.to(), flow.ports(), false, because)));
        } else if (flow.from() instanceof FlowEnd.OwnedBy owned
                && owned.owner().namespace().equals(shard.name())) {
            senders(owned)
                    .forEach(from -> drafts.add(new Draft(
                            List.of(owned.owner().name(), kind.id()), from, flow.to(), flow.ports(), false, because)));
        }
    }

    /** A contract names pods by labels, and not by their owner. */
    private Stream<FlowEnd> senders(FlowEnd from) {
        if (!(from instanceof FlowEnd.OwnedBy owned)) {
            return Stream.of(from);
        }
        NamespaceShard home = cluster.namespaceOrAssumed(owned.owner().namespace());
        Owner owner = new Owner(owned.owner().kind(), owned.owner().name());
        return home.workloads(home.ownedBy(owner).and(home.podNetwork())).stream()
                .map(workload -> WorkloadNaming.selector(home, workload))
                .filter(selector -> !selector.selectsEverything())
                .distinct()
                .map(selector -> new FlowEnd.Pods(LabelSelector.namespaceNamed(home.name()), selector));
    }
}
