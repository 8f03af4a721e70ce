package dev.flowguard.audit;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Flow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How every declared flow stood at one moment. */
public final class Audit {
    /** A contract and how its flows stand; those of one annotated object together. */
    record Judged(Contract contract, List<FlowStanding> standings) {}

    private final Snapshot snapshot;
    private final List<FlowStanding> standings;
    private final Map<ContractSource, Judged> contracts;

    /** @param earlier what was judged before, which stays the same object where nothing has changed */
    private Audit(Snapshot snapshot, List<FlowStanding> standings, Map<ContractSource, Judged> earlier) {
        this.snapshot = snapshot;
        this.standings = standings;
        this.contracts = new LinkedHashMap<>();
        Map<ContractSource, List<FlowStanding>> bySource = standings.stream()
                .collect(Collectors.groupingBy(
                        standing -> standing.flow().contract().source()));
        Map<ContractSource, Contract> written = new LinkedHashMap<>();
        snapshot.contracts().forEach(contract -> written.merge(contract.source(), contract, Audit::together));
        written.forEach((source, contract) -> {
            Judged judged = new Judged(contract, bySource.getOrDefault(source, List.of()));
            @Nullable Judged before = earlier.get(source);
            contracts.put(source, judged.equals(before) ? before : judged);
        });
    }

    static Audit of(Snapshot snapshot) {
        return new Audit(snapshot, new StateAssessor(snapshot).assess(), Map.of());
    }

    /** An audit of a later snapshot, which judges again only what has changed since. */
    Audit next(Snapshot later) {
        return later.cni() == snapshot.cni()
                ? new Audit(later, new StateAssessor(later).assess(snapshot, standings), contracts)
                : of(later);
    }

    /** Pods and templates of one owner may each declare some of its flows. */
    private static Contract together(Contract one, Contract other) {
        List<Flow> flows = new ArrayList<>(one.flows());
        flows.addAll(other.flows());
        List<ContractProblem> problems = new ArrayList<>(one.problems());
        problems.addAll(other.problems());
        return new Contract(one.source(), one.enforcement(), flows, problems);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** How what nobody declared stands: it is told by metrics alone, as there is no object to carry a status. */
    List<FlowStanding> implied() {
        return standings.stream()
                .filter(standing -> standing.flow().contract().source().isImplied())
                .toList();
    }

    /** In the order of the snapshot. */
    Collection<Judged> contracts() {
        return contracts.values();
    }
}
