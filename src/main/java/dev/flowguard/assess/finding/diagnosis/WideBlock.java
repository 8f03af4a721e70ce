package dev.flowguard.assess.finding.diagnosis;

import dev.flowguard.cluster.ClusterDns;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.Fact;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.net.Address;
import dev.flowguard.net.Cidr;
import dev.flowguard.net.IpFamily;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a block of many addresses is about. To find out, not the whole cluster is searched: the pods and Services of the
 * policy's namespace and the cluster's DNS stand for all others, since pods have one network and ClusterIPs another.
 */
public final class WideBlock {
    /** Blocks that mean "private networks" and not one of the cluster's. */
    private static final Set<Cidr> PRIVATE_NETWORKS = Set.of(
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("172.16.0.0/12"),
            Cidr.parse("192.168.0.0/16"),
            Cidr.parse("100.64.0.0/10"));

    /** Wider blocks hold more than the networks of one cluster. */
    private static final int SHORTEST_PREFIX_V4 = 9;

    private static final int SHORTEST_PREFIX_V6 = 33;

    private WideBlock() {}

    /** Whether the block may be meant for one network of the cluster, and not for "anywhere" or "all private addresses". */
    public static boolean isOfOneNetwork(BlockPeer block) {
        return isOfOneNetwork(block.block().cidr());
    }

    /** The same of a block of a policy of any kind. */
    public static boolean isOfOneNetwork(Cidr cidr) {
        int shortest = cidr.family() == IpFamily.IPV4 ? SHORTEST_PREFIX_V4 : SHORTEST_PREFIX_V6;
        return cidr.prefix() >= shortest && !PRIVATE_NETWORKS.contains(cidr);
    }

    public static boolean holdsPodOrNode(BlockPeer block, Examination examination) {
        return examination.cluster().nodeAddresses().stream().anyMatch(block::covers)
                || nearbyPods(examination)
                        .anyMatch(pods -> pods.addresses().stream().anyMatch(block::covers));
    }

    /** The workloads of the policy's namespace and of that of the cluster's DNS, but for those on the host network. */
    public static Stream<Workload> nearbyPods(Examination examination) {
        return nearby(examination).flatMap(shard -> shard.workloads(shard.podNetwork()).stream());
    }

    /** The Services of the policy's namespace, the cluster's DNS and the API server's. */
    public static Stream<ServiceEntry> nearbyServices(Examination examination) {
        Snapshot cluster = examination.cluster();
        return Stream.of(
                        cluster.dns().services().stream(),
                        cluster.service(ServiceEntry.API_NAMESPACE, ServiceEntry.API_SERVICE).stream(),
                        examination.shard().services().stream())
                .flatMap(services -> services);
    }

    /** The addresses that were published behind a Service without a selector, ascending. */
    public static List<Address> published(ServiceEntry service, Examination examination) {
        return examination.cluster().namespace(service.namespace()).stream()
                .map(shard -> shard.endpoints(service.name()))
                .flatMap(Collection::stream)
                .map(Fact.Endpoints::addresses)
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<NamespaceShard> nearby(Examination examination) {
        ClusterDns dns = examination.cluster().dns();
        return Stream.concat(
                        Stream.of(examination.shard()),
                        dns.services().stream()
                                .flatMap(service -> examination.cluster().namespace(service.namespace()).stream()))
                .distinct();
    }
}
