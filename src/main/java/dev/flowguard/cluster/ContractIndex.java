package dev.flowguard.cluster;

import dev.flowguard.cluster.object.NamespaceEntry;
import dev.flowguard.cluster.object.ServiceEntry;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Flow;
import dev.flowguard.contract.FlowEnd;
import dev.flowguard.policy.LabelSelector;
import dev.flowguard.policy.Requirement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which declared flows have an end in a namespace, so that a change of a policy looks only at flows that it can affect. An end
 * that names its namespaces is filed under their names; one that selects them by other labels is filed under its selector,
 * and each distinct selector is tried once. Immutable.
 */
final class ContractIndex {
    private final List<DeclaredFlow> all = new ArrayList<>();
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final Map<LabelSelector, List<Integer>> bySelector = new HashMap<>();
    private final List<Integer> toClusterDns = new ArrayList<>();
    private final List<Integer> acrossTheBorder = new ArrayList<>();

    ContractIndex(Collection<Contract> contracts) {
        for (Contract contract : contracts) {
            for (Flow flow : contract.flows()) {
                file(flow.from(), all.size());
                file(flow.to(), all.size());
                all.add(new DeclaredFlow(contract, flow));
            }
        }
    }

    /** Each once, in the order of their contracts. */
    List<DeclaredFlow> all() {
        return all;
    }

    /** Marks the places, among all, of the flows that may have an end in that namespace. */
    void mark(BitSet touching, NamespaceEntry namespace, boolean holdsClusterDns) {
        byName.getOrDefault(namespace.name(), List.of()).forEach(touching::set);
        bySelector.forEach((selector, flows) -> {
            if (selector.matches(namespace.labels())) {
                flows.forEach(touching::set);
            }
        });
        if (holdsClusterDns) {
            toClusterDns.forEach(touching::set);
        }
    }

    /** Marks those with an end outside the cluster, which is wherever no pod, Service or node is. */
    void markAcrossTheBorder(BitSet marked) {
        acrossTheBorder.forEach(marked::set);
    }

    /** @param flow its place among all */
    private void file(FlowEnd end, int flow) {
        end.<List<List<Integer>>>match(
                        pods -> filesOf(pods.namespaces()),
                        ownedBy -> List.of(named(ownedBy.owner().namespace())),
                        service -> List.of(named(service.namespace())),
                        outside -> List.of(acrossTheBorder),
                        wellKnown -> List.of(
                                switch (wellKnown.name()) {
                                    case CLUSTER_DNS -> toClusterDns;
                                    case KUBERNETES_API -> named(ServiceEntry.API_NAMESPACE);
                                    case NODES -> acrossTheBorder;
                                    case DNS_CLIENTS -> everywhere();
                                }))
                .forEach(file -> file.add(flow));
    }

    private List<Integer> everywhere() {
        return bySelector.computeIfAbsent(LabelSelector.EVERYTHING, selector -> new ArrayList<>());
    }

    private List<List<Integer>> filesOf(LabelSelector namespaces) {
        return namespaces.requirements().stream()
                .filter(ContractIndex::namesNamespaces)
                .findFirst()
                .map(names -> names.values().stream().map(this::named).toList())
                .orElseGet(() -> List.of(bySelector.computeIfAbsent(namespaces, selector -> new ArrayList<>())));
    }

    /** Whether only namespaces with one of its values can satisfy it. */
    static boolean namesNamespaces(Requirement requirement) {
        return requirement.key().equals(LabelSelector.NAMESPACE_NAME)
                && requirement.operator() == Requirement.Operator.IN;
    }

    private List<Integer> named(String namespace) {
        return byName.computeIfAbsent(namespace, name -> new ArrayList<>());
    }
}
