/**
 * Metrics of the feed, of findings and of what is written.
 */
@NullMarked
package dev.flowguard.audit.metrics;

import org.jspecify.annotations.NullMarked;
