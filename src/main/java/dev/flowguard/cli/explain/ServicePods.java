package dev.flowguard.cli.explain;

import dev.flowguard.cluster.Snapshot;
import dev.flowguard.verdict.pair.Endpoint;
import java.util.List;

/** The pods behind a Service, where they are meant by its name. */
public final class ServicePods {
    private ServicePods() {}

    public static NamedEnd behind(Snapshot cluster, NamedEnd named) {
        List<Endpoint> pods = named.services().stream()
                .flatMap(service -> cluster.namespace(service.namespace()).stream()
                        .flatMap(shard -> shard.workloads(shard.behind(service)).stream()))
                .<Endpoint>map(Endpoint.Pods::new)
                .toList();
        return new NamedEnd(
                named.name(),
                pods,
                List.of(),
                named.declared(),
                named.name() + " is a Service: what sends are the pods behind it");
    }
}
