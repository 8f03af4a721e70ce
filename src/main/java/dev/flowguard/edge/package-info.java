/**
 * What stands before every door of the program, whoever knocks. {@link dev.flowguard.edge.HttpEdge} turns away what no API server,
 * kubelet or Prometheus sends, before anything else looks at it; {@link dev.flowguard.edge.EdgeOptions} says which protocols are
 * spoken; {@link dev.flowguard.edge.SlowHeads} hangs up on connections that never get to the point. None of them knows what is asked.
 */
@NullMarked
package dev.flowguard.edge;

import org.jspecify.annotations.NullMarked;
