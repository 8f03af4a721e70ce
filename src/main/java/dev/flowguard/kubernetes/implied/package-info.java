/**
 * Reads the kinds that carry no traffic themselves and show what traffic is needed: webhook configurations, role bindings, monitors, routes
 * ({@link dev.flowguard.kubernetes.implied.ImplyingKinds}), and the custom resources for which operators make pods
 * ({@link dev.flowguard.kubernetes.implied.OperatorPods}). Of these kinds there are many versions, so they are read as trees and
 * leniently: what is not where it is looked for implies nothing.
 */
@NullMarked
package dev.flowguard.kubernetes.implied;

import org.jspecify.annotations.NullMarked;
