/**
 * What the schema of a custom resource says, as far as it is read here: each {@link dev.flowguard.kubernetes.schema.Schema} checks
 * a value as the API server would, and notes the fields that it does not know. For kinds without a class in the client's model.
 */
@NullMarked
package dev.flowguard.kubernetes.schema;

import org.jspecify.annotations.NullMarked;
