package dev.flowguard.testing;

import dev.flowguard.net.Address;

/** Who sends or is reached: one pod, or one address that is no pod's. */
public sealed interface LiteralEnd {
    record OfPod(LiteralCluster.Pod pod) implements LiteralEnd {}

    /** @param asNode whether a flow speaks of it as a node's */
    record OfAddress(Address address, boolean asNode) implements LiteralEnd {
        public OfAddress(Address address) {
            this(address, false);
        }
    }
}
