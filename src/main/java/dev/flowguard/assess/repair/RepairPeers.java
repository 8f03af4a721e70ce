package dev.flowguard.assess.repair;

import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.cluster.object.Workload;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.net.Address;
import dev.flowguard.net.AddressRange;
import dev.flowguard.net.Cidr;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.NamespaceScope;
import dev.flowguard.policy.Peer;
import dev.flowguard.policy.Requirement;
import dev.flowguard.verdict.pair.Endpoint;
import dev.flowguard.verdict.pair.HostNetworkGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How a rule names an end of a flow: by the selectors of the contract where it has them, else by what the pods carry. */
final class RepairPeers {
    private static final int MOST_BLOCKS = 16;

    private final Snapshot cluster;

    RepairPeers(Snapshot cluster) {
        this.cluster = cluster;
    }

    /**
     * The peers that stand for an end in a rule of a policy.
     *
     * @param inNamespace the policy's namespace
     * @param endpoints who the end is in the pairs to be opened
     */
    List<Peer> of(FlowEnd end, String inNamespace, List<Endpoint> endpoints) {
        return end.match(
                pods -> List.<Peer>of(new Peer.Pods(scope(pods.namespaces(), inNamespace), pods.pods())),
                ownedBy -> ofEndpoints(inNamespace, endpoints),
                service -> cluster.service(service.namespace(), service.name())
                        .map(entry -> ofService(entry, inNamespace, endpoints))
                        .orElseGet(() -> ofEndpoints(inNamespace, endpoints)),
                outside -> List.<Peer>of(new Peer.IpBlock(outside.cidr(), outside.except())),
                wellKnown -> switch (wellKnown.name()) {
                    case CLUSTER_DNS ->
                        cluster.dns().services().stream()
                                .findFirst()
                                .map(entry -> ofService(entry, inNamespace, endpoints))
                                .orElseGet(() -> ofEndpoints(inNamespace, endpoints));
                    case DNS_CLIENTS ->
                        List.of(new Peer.Pods(
                                new NamespaceScope.Matching(LabelSelector.EVERYTHING), LabelSelector.EVERYTHING));
                    case KUBERNETES_API, NODES -> ofEndpoints(inNamespace, endpoints);
                });
    }

    /** As {@link #of}, but for pods by their own labels, and no others. */
    List<Peer> justThese(FlowEnd end, String inNamespace, List<Endpoint> endpoints) {
        return end.match(
                pods -> exactly(inNamespace, endpoints),
                ownedBy -> exactly(inNamespace, endpoints),
                service -> exactly(inNamespace, endpoints),
                outside -> of(end, inNamespace, endpoints),
                wellKnown -> exactly(inNamespace, endpoints));
    }

    private List<Peer> exactly(String inNamespace, List<Endpoint> endpoints) {
        return endpoints.stream()
                .distinct()
                .flatMap(endpoint -> endpoint.match(
                        pods -> Stream.<Peer>of(new Peer.Pods(
                                scope(
                                        LabelSelector.namespaceNamed(
                                                pods.workload().namespace()),
                                        inNamespace),
                                exactly(
                                        cluster.namespaceOrAssumed(
                                                pods.workload().namespace()),
                                        pods.workload()))),
                        addresses -> ofEndpoints(inNamespace, List.of(endpoint)).stream()))
                .distinct()
                .toList();
    }

    /**
     * A selector that selects no other workload of its namespace than this, if labels can tell them apart. Pods without any label are
     * not named by what they lack: whoever comes next without it would be let in as well. Nor are those of a Job, to which its controller
     * gives a label that names them.
     */
    LabelSelector exactly(NamespaceShard shard, Workload workload) {
        LabelSelector selector = WorkloadNaming.selector(shard, workload);
        if (selector.selectsEverything() || NoRule.isOfJobs(workload)) {
            return selector;
        }
        List<Requirement> requirements = new ArrayList<>(selector.requirements());
        Set<String> own = workload.labels().asMap().keySet();
        shard.workloads(shard.select(selector)).stream()
                .flatMap(other -> other.labels().asMap().keySet().stream()
                        .filter(key -> !own.contains(key))
                        .limit(1))
                .distinct()
                .map(Requirement::doesNotExist)
                .forEach(requirements::add);
        return new LabelSelector(requirements);
    }

    /** A selector of those workloads in their own namespace. */
    LabelSelector selector(FlowEnd end, NamespaceShard shard, List<Workload> workloads) {
        Optional<LabelSelector> declared = end.match(
                pods -> Optional.of(pods.pods()),
                ownedBy -> Optional.<LabelSelector>empty(),
                service -> cluster.service(service.namespace(), service.name())
                        .filter(ServiceEntry::hasSelector)
                        .map(ServiceEntry::podSelector),
                outside -> Optional.empty(),
                wellKnown -> switch (wellKnown.name()) {
                    case CLUSTER_DNS ->
                        cluster.dns().services().stream()
                                .map(ServiceEntry::podSelector)
                                .findFirst();
                    case DNS_CLIENTS -> Optional.of(LabelSelector.EVERYTHING);
                    case KUBERNETES_API, NODES -> Optional.empty();
                });
        return declared.orElseGet(() -> WorkloadNaming.selector(shard, workloads.get(0)));
    }

    private List<Peer> ofService(ServiceEntry service, String inNamespace, List<Endpoint> endpoints) {
        return service.hasSelector()
                ? List.of(new Peer.Pods(
                        scope(LabelSelector.namespaceNamed(service.namespace()), inNamespace), service.podSelector()))
                : ofEndpoints(inNamespace, endpoints);
    }

    private List<Peer> ofEndpoints(String inNamespace, List<Endpoint> endpoints) {
        return endpoints.stream()
                .distinct()
                .flatMap(endpoint -> endpoint.match(
                        pods -> Stream.of(ofWorkload(pods.workload(), inNamespace)),
                        addresses -> HostNetworkGroup.of(addresses, cluster)
                                .map(group -> Stream.<Peer>of(
                                        new Peer.Pods(new NamespaceScope.Matching(group), LabelSelector.EVERYTHING)))
                                .orElseGet(() -> blocks(addresses.range()))))
                .distinct()
                .toList();
    }

    /** One for each address; none for a range that nobody would write so. */
    private static Stream<Peer> blocks(AddressRange range) {
        return range.hasMoreThan(MOST_BLOCKS)
                ? Stream.empty()
                : StreamSupport.stream(range.addresses().spliterator(), false)
                        .map((Address address) -> new Peer.IpBlock(Cidr.of(address), List.of()));
    }

    private Peer ofWorkload(Workload workload, String inNamespace) {
        NamespaceShard shard = cluster.namespaceOrAssumed(workload.namespace());
        return new Peer.Pods(
                scope(LabelSelector.namespaceNamed(workload.namespace()), inNamespace),
                WorkloadNaming.selector(shard, workload));
    }

    private static NamespaceScope scope(LabelSelector namespaces, String inNamespace) {
        return namespaces.equals(LabelSelector.namespaceNamed(inNamespace))
                ? new NamespaceScope.Own()
                : new NamespaceScope.Matching(namespaces);
    }
}
