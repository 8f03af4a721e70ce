package dev.flowguard.testing;

import dev.flowguard.net.Address;

/** Who sends or is reached: one pod, or one address that is no pod's. */
public sealed interface LiteralEnd {
    record OfPod(LiteralCluster.Pod pod) implements LiteralEnd {}

    record OfAddress(Address address) implements LiteralEnd {}
}
