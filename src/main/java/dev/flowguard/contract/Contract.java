package dev.flowguard.contract;

import java.util.List;

/**
 * A set of declared flows with one enforcement, and the mistakes that kept others out.
 *
 * @param namespaceMode whether the mode of the namespace in which a policy changes may weaken it
 */
public record Contract(
        ContractSource source,
        Enforcement enforcement,
        NamespaceMode namespaceMode,
        List<Flow> flows,
        List<ContractProblem> problems) {
    public Contract {
        flows = List.copyOf(flows);
        problems = List.copyOf(problems);
    }

    /** One that every namespace may weaken by its mode. */
    public Contract(ContractSource source, Enforcement enforcement, List<Flow> flows, List<ContractProblem> problems) {
        this(source, enforcement, NamespaceMode.DEFAULT, flows, problems);
    }
}
