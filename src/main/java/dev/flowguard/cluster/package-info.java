/**
 * The state that verdicts are about. Observed objects contribute {@link dev.flowguard.cluster.object.Fact facts} to the one writer,
 * {@link dev.flowguard.cluster.ClusterModel}, which publishes an immutable {@link dev.flowguard.cluster.Snapshot}; readers hold a
 * reference to one and never lock. A snapshot is sharded by namespace, since policies and pod selectors are: a change copies
 * the shard that it touches. Workloads, not pods, are what verdicts speak of.
 */
@NullMarked
package dev.flowguard.cluster;

import org.jspecify.annotations.NullMarked;
