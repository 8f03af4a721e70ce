/**
 * The language of NetworkPolicy, normalised once at the edge: absent and empty lists, defaults and API spelling are settled
 * before a {@link dev.flowguard.policy.Policy} exists, and nothing behind that line asks again. A policy the API server would
 * refuse never becomes one of these types. Fields that this version does not know are kept by their path: whatever depends on
 * them is undetermined, never safe.
 */
@NullMarked
package dev.flowguard.policy;

import org.jspecify.annotations.NullMarked;
