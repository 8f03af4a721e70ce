/**
 * The causes of blocked traffic that the troubleshooting guide lists, each as a folder in {@code src/test/resources/cases/guide}: a
 * cluster, a change that makes the mistake, what is told of it, and a repair.
 */
@NullMarked
package dev.flowguard.guide;

import org.jspecify.annotations.NullMarked;
