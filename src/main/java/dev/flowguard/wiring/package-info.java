/**
 * Puts the parts together for {@code serve}: which feed there is, what the settings say, and what readiness depends on. The only
 * package that knows all others.
 */
@NullMarked
package dev.flowguard.wiring;

import org.jspecify.annotations.NullMarked;
