package dev.flowguard.verdict.match;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.Ends;
import java.util.List;
import java.util.stream.Stream;

/** Which Services of a cluster an expression means: those that are there. */
public final class MeantServices {
    private MeantServices() {}

    public static List<ServiceEntry> of(Snapshot cluster, Ends.OfService meant) {
        Stream<NamespaceShard> shards = meant.namespace().isEmpty()
                ? cluster.namespaces().stream()
                : cluster.namespace(meant.namespace()).stream();
        return shards.flatMap(shard -> named(shard, meant.name()))
                .filter(service -> meant.labels().matches(Labels.of(service.labels())))
                .toList();
    }

    private static Stream<ServiceEntry> named(NamespaceShard shard, String name) {
        return name.isEmpty() ? shard.services().stream() : shard.service(name).stream();
    }
}
