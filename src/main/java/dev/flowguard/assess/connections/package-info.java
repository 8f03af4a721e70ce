/**
 * All that a cluster's policies let through: {@link dev.flowguard.assess.connections.Connections} lists it,
 * {@link dev.flowguard.assess.connections.ConnectionChanges} compares two lists. Ends are what people deploy (a Deployment, a
 * bare Pod), addresses outside the cluster, or an ingress controller that is not among the workloads seen. Where the pods of one
 * end differ, as during a rollout, only what all of them can do is allowed.
 */
@NullMarked
package dev.flowguard.assess.connections;

import org.jspecify.annotations.NullMarked;
