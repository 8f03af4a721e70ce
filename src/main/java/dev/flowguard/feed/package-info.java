/**
 * Where cluster state comes from. {@link dev.flowguard.feed.Manifests} reads files of YAML or JSON as kubectl reads them, keeps for
 * each object where it stands, and lists every mistake at once. {@link dev.flowguard.feed.InMemoryCluster} is a cluster made from
 * them.
 */
@NullMarked
package dev.flowguard.feed;

import org.jspecify.annotations.NullMarked;
