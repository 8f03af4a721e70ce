package dev.flowguard.assess.suggest;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractLimits;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ObjectRef;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a namespace could declare, or a part of that. Never without a flow, and never with more than the API server takes.
 *
 * @param name what the contract is called; one that has been edited deserves a better name
 */
public record SuggestedContract(String namespace, String name, List<SuggestedFlow> flows) {
    /** The name of a namespace's first contract; the others are numbered after it. */
    static final String NAME = "suggested";

    public SuggestedContract {
        flows = List.copyOf(flows);
        if (flows.isEmpty() || flows.size() > ContractLimits.FLOWS) {
            throw new IllegalArgumentException(
                    "A contract holds 1 to " + ContractLimits.FLOWS + " flows, and not " + flows.size() + ".");
        }
    }

    /** As many contracts as it takes to hold those flows; none without a flow. */
    static List<SuggestedContract> of(String namespace, List<SuggestedFlow> flows) {
        List<List<SuggestedFlow>> parts = ContractLimits.parts(flows, ContractLimits.FLOWS);
        return IntStream.range(0, parts.size())
                .mapToObj(part ->
                        new SuggestedContract(namespace, part == 0 ? NAME : NAME + "-" + (part + 1), parts.get(part)))
                .toList();
    }

    /** As it would be in force. */
    public Contract contract() {
        return new Contract(
                ContractSource.resource(new ObjectRef(ContractSource.FLOW_CONTRACT, namespace, name)),
                Enforcement.WARN,
                flows.stream().map(SuggestedFlow::flow).toList(),
                List.of());
    }
}
