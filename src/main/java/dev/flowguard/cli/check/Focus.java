package dev.flowguard.cli.check;

import dev.flowguard.assess.Finding;
import dev.flowguard.cluster.DeclaredFlow;
import dev.flowguard.contract.Contract;
import dev.flowguard.contract.ContractSource;
import java.util.List;

/**
 * The namespace whose affairs are told: what is declared in it or for the whole cluster, and what is found in its policies.
 *
 * @param namespace empty: all of them
 */
record Focus(String namespace) {
    boolean includes(DeclaredFlow flow) {
        return includes(flow.contract());
    }

    boolean includes(Finding finding) {
        return isAll() || finding.policy().namespace().equals(namespace);
    }

    List<Contract> among(List<Contract> contracts) {
        return contracts.stream().filter(this::includes).toList();
    }

    boolean isAll() {
        return namespace.isEmpty();
    }

    private boolean includes(Contract contract) {
        ContractSource source = contract.source();
        return isAll() || source.isClusterWide() || source.homeNamespace().equals(namespace);
    }
}
