/**
 * How connections are written: a {@link dev.flowguard.cli.connections.ConnectionReport} holds what is to be written, and each
 * {@link dev.flowguard.cli.connections.ConnectionFormat} knows the writer of one format. The same writers serve a list of
 * connections and the comparison of two. Lines end in {@code \n} on every system, so that outputs can be compared.
 */
@NullMarked
package dev.flowguard.cli.connections;

import org.jspecify.annotations.NullMarked;
