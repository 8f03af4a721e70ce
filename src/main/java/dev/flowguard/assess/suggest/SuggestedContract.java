package dev.flowguard.assess.suggest;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import dev.flowguard.contract.Enforcement;
import dev.flowguard.contract.ObjectRef;
import java.util.List;

/** What a namespace could declare. Never without a flow. */
public record SuggestedContract(String namespace, List<SuggestedFlow> flows) {
    /** What the contract is called; one that has been edited deserves a better name. */
    public static final String NAME = "suggested";

    public SuggestedContract {
        flows = List.copyOf(flows);
    }

    /** As it would be in force. */
    public Contract contract() {
        return new Contract(
                ContractSource.resource(new ObjectRef(ContractSource.FLOW_CONTRACT, namespace, NAME)),
                Enforcement.WARN,
                flows.stream().map(SuggestedFlow::flow).toList(),
                List.of());
    }
}
