package dev.flowguard.view;

/**
 * How a flow stands by the status of its contract, which is kept in the cluster.
 *
 * @param contract as {@code FlowContract shop/orders}
 * @param since an instant
 * @param by what blocks it; empty where nothing does
 */
public record RecordedFlow(String contract, String flow, String state, String since, String by) {
    /** Whether it speaks of that flow, in the state in which it is. */
    boolean isOf(FlowRow row) {
        return contract.equals(row.contract()) && flow.equals(row.name()) && state.equals(row.state());
    }
}
