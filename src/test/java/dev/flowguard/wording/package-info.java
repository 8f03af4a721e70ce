/** Sentences, as people read them. */
@NullMarked
package dev.flowguard.wording;

import org.jspecify.annotations.NullMarked;
