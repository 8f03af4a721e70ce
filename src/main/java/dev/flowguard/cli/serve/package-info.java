/**
 * The command {@code serve}, which alone boots Quarkus, what it says when it has started, and what it says when it cannot.
 */
@NullMarked
package dev.flowguard.cli.serve;

import org.jspecify.annotations.NullMarked;
