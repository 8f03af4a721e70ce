package dev.flowguard.cluster;

import dev.flowguard.contract.Contract;
import dev.flowguard.contract.Flow;

/** A flow together with the contract that declares it. Each declared flow is equal only to itself. */
public final class DeclaredFlow {
    private final Contract contract;
    private final Flow flow;

    public DeclaredFlow(Contract contract, Flow flow) {
        this.contract = contract;
        this.flow = flow;
    }

    public Contract contract() {
        return contract;
    }

    public Flow flow() {
        return flow;
    }

    /** {@code FlowContract shop/orders, flow checkout-calls-orders}. */
    @Override
    public String toString() {
        return contract.source() + ", flow " + flow.name();
    }
}
