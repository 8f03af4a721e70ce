/**
 * Whether this replica may be asked. Each part of the program that must be in place first is a bean that implements
 * {@link dev.flowguard.health.ReadinessCondition}; {@link dev.flowguard.health.ReadyCheck} asks all of them for
 * {@code /q/health/ready} and {@link dev.flowguard.health.StartedCheck} for {@code /q/health/started}. Liveness is the business of
 * the parts that can get stuck, and asks nothing outside this process.
 */
@NullMarked
package dev.flowguard.health;

import org.jspecify.annotations.NullMarked;
