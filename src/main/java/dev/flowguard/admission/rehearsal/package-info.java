/**
 * Reviews of its own that a replica sends itself before it is ready, over its own port, so that the first one of the API server need
 * not wait for what a program loads when it is first asked. They leave no trace in metrics, log, Events or state.
 */
@NullMarked
package dev.flowguard.admission.rehearsal;

import org.jspecify.annotations.NullMarked;
