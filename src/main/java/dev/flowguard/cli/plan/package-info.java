/**
 * How a plan is written: {@link dev.flowguard.cli.plan.PlanReport} is a plan with the places of its policies, and each format is a
 * class that turns it into text: for people, as JSON, as sync waves for Argo CD, as Kustomizations that depend on each other for
 * Flux.
 */
@NullMarked
package dev.flowguard.cli.plan;

import org.jspecify.annotations.NullMarked;
