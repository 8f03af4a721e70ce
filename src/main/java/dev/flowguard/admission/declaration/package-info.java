/**
 * What is thought of a contract, or of an object with annotations that declare flows. It is admitted whatever
 * {@link dev.flowguard.admission.declaration.DeclarationCheck} thinks of it; its author reads the
 * {@linkplain dev.flowguard.admission.declaration.Opinion opinion} as warnings.
 */
@NullMarked
package dev.flowguard.admission.declaration;

import org.jspecify.annotations.NullMarked;
