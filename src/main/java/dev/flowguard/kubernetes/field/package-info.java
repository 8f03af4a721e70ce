/**
 * Reading fields: absent ones, defaults and limits are settled here, once; what is wrong becomes a
 * {@link dev.flowguard.kubernetes.field.FieldProblem} that names its {@link dev.flowguard.kubernetes.field.FieldPath place}.
 */
@NullMarked
package dev.flowguard.kubernetes.field;

import org.jspecify.annotations.NullMarked;
