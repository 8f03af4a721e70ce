/**
 * Ports of rules that nobody listens on, or that are a Service's where a pod's belongs.
 */
@NullMarked
package dev.flowguard.assess.finding.port;

import org.jspecify.annotations.NullMarked;
