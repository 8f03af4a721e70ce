/**
 * Rules that do nothing, that do more than was meant, or that the plugin does not enforce.
 */
@NullMarked
package dev.flowguard.assess.finding.rule;

import org.jspecify.annotations.NullMarked;
