/**
 * The command line. {@link dev.flowguard.cli.Main} is where the program starts, {@link dev.flowguard.cli.Flowguard} lists the
 * commands. {@link dev.flowguard.cli.serve.Serve} alone boots Quarkus; every other command answers without. Commands end with 0 (fine),
 * 1 (something is wrong with what was looked at, or the program failed) or 2 (the input cannot be used).
 */
@NullMarked
package dev.flowguard.cli;

import org.jspecify.annotations.NullMarked;
