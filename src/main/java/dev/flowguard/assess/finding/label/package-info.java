/**
 * Selectors that match nothing, or not what they were meant to, and the label that was probably meant.
 */
@NullMarked
package dev.flowguard.assess.finding.label;

import org.jspecify.annotations.NullMarked;
