/**
 * What the shell may offer while somebody types: the script for the shell asks {@code flowguard __complete} with the words so far, and
 * {@link dev.flowguard.cli.completion.Candidates} answers from the options of the command, the ids that there are, and the names in the
 * manifests or the cluster that those words choose.
 */
@NullMarked
package dev.flowguard.cli.completion;

import org.jspecify.annotations.NullMarked;
