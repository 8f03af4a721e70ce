/**
 * The command {@code explain}: what a person wrote as two ends becomes a {@link dev.flowguard.cli.explain.Question}, which the engine
 * answers and which is told as text or JSON.
 */
@NullMarked
package dev.flowguard.cli.explain;

import org.jspecify.annotations.NullMarked;
