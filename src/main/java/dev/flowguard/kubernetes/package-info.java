/**
 * Kubernetes objects, as the client's model has them, turned into what the engine knows. Every function is total: an object
 * becomes {@link dev.flowguard.cluster.object.Fact facts}, or a list of {@link dev.flowguard.kubernetes.field.FieldProblem problems} in the
 * words of somebody who wants to repair it. Start at {@link dev.flowguard.kubernetes.ObjectReader}. Fields are read with
 * {@link dev.flowguard.kubernetes.field}; who knows what to make of them sits by kind: {@link dev.flowguard.kubernetes.core},
 * {@link dev.flowguard.kubernetes.policy}, {@link dev.flowguard.kubernetes.contract}, and a room for each other kind of policy.
 */
@NullMarked
package dev.flowguard.kubernetes;

import org.jspecify.annotations.NullMarked;
