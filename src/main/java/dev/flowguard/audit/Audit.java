package dev.flowguard.audit;

import dev.flowguard.assess.FlowStanding;
import dev.flowguard.assess.StateAssessor;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How every declared flow stood at one moment. */
public final class Audit {
    /** A contract and how its flows stand; those of one annotated object together. */
    record Judged(Contract contract, List<FlowStanding> standings) {}

    private final Snapshot snapshot;
    private final List<Judged> contracts;

    private Audit(Snapshot snapshot, List<Judged> contracts) {
        this.snapshot = snapshot;
        this.contracts = contracts;
    }

    static Audit of(Snapshot snapshot) {
        Map<ContractSource, List<FlowStanding>> bySource = new StateAssessor(snapshot)
                .assess().stream()
                        .collect(Collectors.groupingBy(
                                standing -> standing.flow().contract().source()));
        Map<ContractSource, Contract> contracts = new LinkedHashMap<>();
        snapshot.contracts().forEach(contract -> contracts.merge(contract.source(), contract, Audit::together));
        return new Audit(
                snapshot,
                contracts.values().stream()
                        .map(contract -> new Judged(contract, bySource.getOrDefault(contract.source(), List.of())))
                        .toList());
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

    /** In the order of the snapshot. */
    List<Judged> contracts() {
        return contracts;
    }
}
