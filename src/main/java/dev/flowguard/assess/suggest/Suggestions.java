package dev.flowguard.assess.suggest;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.NamespaceShard;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ObjectRef;
import dev.flowguard.verdict.reach.Allowances;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Works out what the namespaces of a cluster could declare. */
public final class Suggestions {
    private final StateAssessor assessor;
    private final ServiceFlows services;
    private final NamedPortFlows namedPorts;
    private final OutboundFlows outbound;
    private final NeededFlows needed;

    private Suggestions(Snapshot cluster) {
        this.assessor = new StateAssessor(cluster);
        Reach reach = new Reach(new Allowances(cluster, cluster));
        this.services = new ServiceFlows(cluster, reach);
        this.namedPorts = new NamedPortFlows(cluster, reach);
        this.outbound = new OutboundFlows(cluster);
        this.needed = new NeededFlows(cluster);
    }

    /**
     * A contract for each namespace with something to declare, several where it is more than one holds, but none for the platform's
     * own. Ascending by namespace.
     */
    public static List<SuggestedContract> of(Snapshot cluster) {
        Suggestions suggestions = new Suggestions(cluster);
        return cluster.namespaces().stream()
                .filter(shard -> !Sources.isPlatform(shard.name()))
                .flatMap(shard -> suggestions.contracts(shard).stream())
                .toList();
    }

    /** For one namespace, whichever it is. */
    public static List<SuggestedContract> of(Snapshot cluster, String namespace) {
        return cluster.namespace(namespace).stream()
                .flatMap(shard -> new Suggestions(cluster).contracts(shard).stream())
                .toList();
    }

    private List<SuggestedContract> contracts(NamespaceShard shard) {
        FlowNames names = new FlowNames();
        List<SuggestedFlow> satisfied = new ArrayList<>();
        Set<Object> declared = new HashSet<>();
        Draft dns = outbound.dns(shard);
        List<Draft> implied = needed.of(shard);
        Stream.of(
                        implied,
                        services.of(shard, implied),
                        namedPorts.of(shard),
                        outbound.toAddresses(shard),
                        isSatisfied(shard, dns) ? List.of(dns) : outbound.dnsByWorkload(shard))
                .flatMap(List::stream)
                .flatMap(Draft::declarable)
                .filter(draft -> isSatisfied(shard, draft))
                .filter(draft -> declared.add(List.of(draft.from(), draft.to(), draft.ports())))
                .forEach(draft -> satisfied.add(draft.named(names)));
        return SuggestedContract.of(shard.name(), satisfied);
    }

    /** Judged like any declared flow; where policies are not enforced, by what they would do if they were. */
    private boolean isSatisfied(NamespaceShard shard, Draft draft) {
        ContractSource source = ContractSource.resource(
                new ObjectRef(ContractSource.FLOW_CONTRACT, shard.name(), SuggestedContract.NAME));
        Contract contract = new Contract(source, Enforcement.WARN, List.of(), List.of());
        FlowStanding standing = assessor.assess(
                new DeclaredFlow(contract, draft.named(new FlowNames()).flow()));
        return standing.pairs() > 0 && standing.amiss() == 0;
    }
}
