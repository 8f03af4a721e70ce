/**
 * What verdicts need of the objects of a cluster: the {@link dev.flowguard.cluster.object.Fact facts} that each contributes, and
 * the {@link dev.flowguard.cluster.object.Workload workloads}, Services and Namespaces that come of them.
 */
@NullMarked
package dev.flowguard.cluster.object;

import org.jspecify.annotations.NullMarked;
