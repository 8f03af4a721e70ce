package dev.flowguard.assess;

import dev.flowguard.cluster.PolicyView;
import dev.flowguard.cluster.Snapshot;

/** The cluster with a change applied. */
public record Aftermath(Snapshot cluster, PolicyView policies) {}
