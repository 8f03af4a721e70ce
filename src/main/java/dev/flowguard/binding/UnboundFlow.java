package dev.flowguard.binding;

import dev.flowguard.cluster.DeclaredFlow;

/** A declared flow that speaks of nothing in this cluster, and why. */
public record UnboundFlow(DeclaredFlow flow, Unbound why) {}
