package dev.flowguard.assess.suggest;

import dev.flowguard.assess.repair.WorkloadNaming;
import dev.flowguard.assess.suggest.Sources.Senders;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.NamedPort;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.contract.FlowPorts;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Flows to ports that have a name and no Service in front of them, such as those for metrics. Where nothing restricts who reaches
 * one, nobody has said who should, and it is left out.
 */
final class NamedPortFlows {
    private final Reach reach;
    private final Sources sources;

    NamedPortFlows(Snapshot cluster, Reach reach) {
        this.reach = reach;
        this.sources = new Sources(cluster);
    }

    List<Draft> of(NamespaceShard shard) {
        List<Draft> drafts = new ArrayList<>();
        for (Workload workload : Sources.podNetwork(shard)) {
            for (NamedPort port : workload.ports()) {
                if (port.container() != NamedPort.Container.INIT && !isServed(shard, workload, port)) {
                    PortSet wanted = PortSet.of(port.protocol(), PortRange.of(port.number()));
                    Sources.Questions questions = new Sources.Questions(
                            source -> reach.isSure(source, workload, wanted),
                            source -> reach.isDeliberate(source, workload),
                            () -> reach.isSureOfAnybody(workload, wanted));
                    sources.of(shard.name(), questions).stream()
                            .filter(senders -> !senders.open())
                            .map(senders -> draft(shard, senders, workload, port))
                            .forEach(drafts::add);
                }
            }
        }
        return drafts;
    }

    private static Draft draft(NamespaceShard shard, Senders senders, Workload workload, NamedPort port) {
        return new Draft(
                List.of(senders.name(), "to", workload.owners().get(0).name(), port.name()),
                senders.end(),
                new FlowEnd.Pods(LabelSelector.namespaceNamed(shard.name()), WorkloadNaming.selector(shard, workload)),
                new FlowPorts.OfPods(List.of(new PortMatch.Named(port.protocol(), port.name()))),
                false);
    }

    private static boolean isServed(NamespaceShard shard, Workload workload, NamedPort port) {
        return shard.services().stream()
                .filter(ServiceEntry::hasSelector)
                .filter(service -> service.podSelector().matches(workload.labels()))
                .flatMap(service -> service.ports().stream())
                .filter(served -> served.protocol() == port.protocol())
                .anyMatch(served -> served.targetOn(workload)
                        .filter(number -> number == port.number())
                        .isPresent());
    }
}
