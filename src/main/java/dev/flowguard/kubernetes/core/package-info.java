/**
 * Readers of Kubernetes' own objects but policies: Pods and their controllers, Services and EndpointSlices, Namespaces, Nodes.
 */
@NullMarked
package dev.flowguard.kubernetes.core;

import org.jspecify.annotations.NullMarked;
