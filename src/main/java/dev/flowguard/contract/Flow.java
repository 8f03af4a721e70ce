package dev.flowguard.contract;

/**
 * One declared flow.
 *
 * @param name unique within its contract; for an annotation the flow's own text
 */
public record Flow(String name, Expectation expectation, FlowEnd from, FlowEnd to, FlowPorts ports) {}
