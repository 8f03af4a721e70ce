/**
 * Events: what is to be told of which object ({@link dev.flowguard.audit.event.Announcement}), gathered and written by
 * {@link dev.flowguard.audit.event.Events}.
 */
@NullMarked
package dev.flowguard.audit.event;

import org.jspecify.annotations.NullMarked;
