/**
 * All sentences about verdicts: what a blocked developer reads. Data comes in from {@code assess}, text goes out to the
 * admission answer and to the command line, which therefore say the same. Selectors appear in kubectl's syntax and rules in
 * YAML; a printed data structure never does.
 */
@NullMarked
package dev.flowguard.wording;

import org.jspecify.annotations.NullMarked;
