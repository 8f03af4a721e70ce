package dev.flowguard.policy.calico;

import dev.flowguard.policy.chain.LabelsOfNodes;
import dev.flowguard.policy.chain.OnNodes;

/**
 * A global policy for what a selector means may be for nodes: for their host endpoints (OTHER-POLICIES K26).
 *
 * @param ofKnownOne whether it selects a host endpoint that is known
 */
record OnHostEndpoints(SelectorTerm term, boolean ofKnownOne) implements OnNodes {
    @Override
    public boolean mayBe(LabelsOfNodes nodes) {
        return ofKnownOne || !term.accept(new HostTerms(nodes)).isNo();
    }
}
