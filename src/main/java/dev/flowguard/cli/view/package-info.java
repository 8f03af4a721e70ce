/**
 * {@code flowguard view}: {@link dev.flowguard.cli.view.View} serves the page. {@link dev.flowguard.cli.view.CommandEngine} asks and
 * judges as the other commands do, and {@link dev.flowguard.cli.view.DescribedCluster} is a cluster that manifests describe.
 */
@NullMarked
package dev.flowguard.cli.view;

import org.jspecify.annotations.NullMarked;
