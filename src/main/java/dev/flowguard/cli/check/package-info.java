/**
 * What the command {@code check} judges: the cluster as it is, a sequence of changes, or the difference of two folders, each a
 * {@link dev.flowguard.cli.check.CheckAnswer}. The sentences are those of the webhook.
 */
@NullMarked
package dev.flowguard.cli.check;

import org.jspecify.annotations.NullMarked;
