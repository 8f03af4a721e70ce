/**
 * What one side lets through, for every other end and every port at once: {@link dev.flowguard.verdict.reach.Allowances}. An answer
 * costs what the rules tell apart, not the number of pairs.
 */
@NullMarked
package dev.flowguard.verdict.reach;

import org.jspecify.annotations.NullMarked;
