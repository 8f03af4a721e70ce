package dev.flowguard.contract;

import java.util.List;

/** A set of declared flows with one enforcement, and the mistakes that kept others out. */
public record Contract(
        ContractSource source, Enforcement enforcement, List<Flow> flows, List<ContractProblem> problems) {
    public Contract {
        flows = List.copyOf(flows);
        problems = List.copyOf(problems);
    }
}
