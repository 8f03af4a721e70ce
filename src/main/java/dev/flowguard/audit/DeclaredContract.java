package dev.flowguard.audit;

import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.cluster.Snapshot;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractProblem;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A contract and its flows as they are declared; those of one annotated object together, and those of one that implies some. */
record DeclaredContract(Contract contract, List<DeclaredFlow> flows) {
    /** In the order of the snapshot. */
    static Map<ContractSource, DeclaredContract> of(Snapshot snapshot) {
        Map<ContractSource, DeclaredContract> all = new LinkedHashMap<>();
        for (Contract contract : snapshot.contracts()) {
            all.merge(contract.source(), new DeclaredContract(contract, new ArrayList<>()), DeclaredContract::and);
        }
        for (DeclaredFlow flow : snapshot.flows()) {
            Contract contract = flow.contract();
            all.computeIfAbsent(contract.source(), source -> new DeclaredContract(contract, new ArrayList<>()))
                    .flows()
                    .add(flow);
        }
        return all;
    }

    /** Pods and templates of one owner may each declare some of its flows. */
    private DeclaredContract and(DeclaredContract other) {
        List<Flow> both = new ArrayList<>(contract.flows());
        both.addAll(other.contract.flows());
        List<ContractProblem> problems = new ArrayList<>(contract.problems());
        problems.addAll(other.contract.problems());
        return new DeclaredContract(
                new Contract(contract.source(), contract.enforcement(), contract.namespaceMode(), both, problems),
                flows);
    }

    ContractSource source() {
        return contract.source();
    }
}
