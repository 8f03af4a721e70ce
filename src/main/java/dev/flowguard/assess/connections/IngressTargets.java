package dev.flowguard.assess.connections;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.implied.IngressControllers;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.PortRange;
import dev.flowguard.net.PortSet;
import dev.flowguard.net.Protocol;
import java.util.HashMap;
import java.util.Map;

/**
 * Where Ingress objects send traffic: the pods behind their backend Services, on the ports that those translate to. Nothing,
 * where the controller that serves them is among the workloads, since it then has connections of its own.
 */
final class IngressTargets {
    private final Map<Workload, PortSet> ports = new HashMap<>();

    static IngressTargets of(Snapshot cluster) {
        IngressTargets targets = new IngressTargets();
        boolean areAny = cluster.namespaces().stream()
                .anyMatch(shard -> !shard.ingresses().isEmpty());
        if (areAny && IngressControllers.in(cluster).isEmpty()) {
            cluster.namespaces().forEach(targets::add);
        }
        return targets;
    }

    PortSet ports(Workload workload) {
        return ports.getOrDefault(workload, PortSet.NONE);
    }

    private void add(NamespaceShard shard) {
        for (Fact.Ingress ingress : shard.ingresses()) {
            for (Fact.Ingress.Backend backend : ingress.backends()) {
                shard.service(backend.service()).ifPresent(service -> add(shard, service, backend));
            }
        }
    }

    private void add(NamespaceShard shard, ServiceEntry service, Fact.Ingress.Backend backend) {
        for (Workload workload : shard.workloads(shard.behind(service))) {
            service.ports().stream()
                    .filter(port -> port.protocol() == Protocol.TCP && backend.speaksOf(port))
                    .flatMap(port -> port.targetOn(workload).stream())
                    .forEach(number ->
                            ports.merge(workload, PortSet.of(Protocol.TCP, PortRange.of(number)), PortSet::or));
        }
    }
}
