/**
 * Writing to the API server: who may ({@link dev.flowguard.audit.api.Leadership}), how often ({@link dev.flowguard.audit.api.TokenBucket}),
 * and what to say when it does not take it.
 */
@NullMarked
package dev.flowguard.audit.api;

import org.jspecify.annotations.NullMarked;
