package dev.flowguard.policy.calico;

import dev.flowguard.policy.Labels;
import dev.flowguard.policy.chain.SideInput;

/** The labels of a HostEndpoint, by which global policies select it. */
public record HostEndpointLabels(String name, Labels labels) implements SideInput {}
