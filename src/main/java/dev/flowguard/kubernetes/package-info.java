/**
 * Kubernetes objects, as the client's model has them, turned into what the engine knows. Every function is total: an object
 * becomes {@link dev.flowguard.cluster.Fact facts}, or a list of {@link dev.flowguard.kubernetes.FieldProblem problems} in the words
 * of somebody who wants to repair it. Absent fields, defaults and unknown fields are settled here, once. Start at
 * {@link dev.flowguard.kubernetes.ObjectReader} for any object and at {@link dev.flowguard.kubernetes.PolicyReader} for policies.
 */
@NullMarked
package dev.flowguard.kubernetes;

import org.jspecify.annotations.NullMarked;
