package dev.flowguard.cli.input;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.policy.chain.RuledPolicy;
import dev.flowguard.wording.Names;
import java.util.List;
import java.util.stream.Stream;

/** What of a cluster makes answers about it other than one may expect, and what was read of it. */
public final class ClusterNotes {
    private ClusterNotes() {}

    /** One sentence each. */
    public static List<String> of(Snapshot cluster) {
        return Stream.of(
                        withoutWorkloads(cluster),
                        AssumedDns.note(cluster),
                        AssumedNamespaces.notes(cluster).stream(),
                        UnseenObjects.notes(cluster).stream())
                .flatMap(notes -> notes)
                .toList();
    }

    /** {@code 7 namespaces, 13 workloads and 20 policies}. */
    public static String read(Snapshot cluster) {
        return Names.count(cluster.namespaces().size(), "namespace") + ", "
                + Names.count(workloads(cluster), "workload") + " and " + policies(cluster);
    }

    /** With no pods at all, every policy looks as if it did nothing. */
    private static Stream<String> withoutWorkloads(Snapshot cluster) {
        return workloads(cluster) > 0 || policyCount(cluster) == 0
                ? Stream.empty()
                : Stream.of(
                        "no workloads were read, so that policies select nothing and nothing can be broken: read the"
                                + " folder that has them as well (--manifests may be repeated, -R takes subfolders), or a"
                                + " live cluster (--context)");
    }

    private static int workloads(Snapshot cluster) {
        return cluster.namespaces().stream()
                .mapToInt(shard -> shard.workloads().size())
                .sum();
    }

    private static String policies(Snapshot cluster) {
        int count = policyCount(cluster);
        return count + (count == 1 ? " policy" : " policies");
    }

    private static int policyCount(Snapshot cluster) {
        int networkPolicies = cluster.namespaces().stream()
                .map(NamespaceShard::policies)
                .mapToInt(java.util.Collection::size)
                .sum();
        return networkPolicies
                + (int) cluster.ruled().all().stream()
                        .map(RuledPolicy::ref)
                        .distinct()
                        .count();
    }
}
