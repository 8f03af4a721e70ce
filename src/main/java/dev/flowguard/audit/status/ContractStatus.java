package dev.flowguard.audit.status;

import dev.flowguard.contract.ContractProblem;
import java.util.List;
import java.util.Optional;

/**
 * The status of a contract, as its schema has it. Times are whole seconds.
 *
 * @param observedGeneration of the spec that it speaks of; 0: none
 * @param problems the first of the mistakes
 * @param problemCount how many mistakes there are
 */
public record ContractStatus(
        long observedGeneration,
        List<StatusCondition> conditions,
        StatusSummary summary,
        List<FlowStatus> flows,
        List<ContractProblem> problems,
        int problemCount) {
    /** Of a contract that nobody has judged yet. */
    public static final ContractStatus NONE =
            new ContractStatus(0, List.of(), StatusSummary.NONE, List.of(), List.of(), 0);

    public ContractStatus {
        conditions = List.copyOf(conditions);
        flows = List.copyOf(flows);
        problems = List.copyOf(problems);
    }

    public Optional<StatusCondition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    public Optional<FlowStatus> flow(String name) {
        return flows.stream().filter(flow -> flow.name().equals(name)).findFirst();
    }
}
