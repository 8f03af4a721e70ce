/**
 * Reads the objects of Calico: policies, tiers, network sets, and the labels of service accounts. {@link
 * dev.flowguard.kubernetes.calico.CalicoObjects} is the way in; what the API would refuse is found by {@link
 * dev.flowguard.kubernetes.calico.CalicoSchema} and {@link dev.flowguard.kubernetes.calico.RuleCheck}. Objects of
 * {@code crd.projectcalico.org}, where policies are stored, have passed no such check: of these nothing is refused, and one that
 * cannot be understood is undetermined (OTHER-POLICIES K29).
 */
@NullMarked
package dev.flowguard.kubernetes.calico;

import org.jspecify.annotations.NullMarked;
