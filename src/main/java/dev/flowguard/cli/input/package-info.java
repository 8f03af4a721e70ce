/**
 * What commands look at: a folder of manifests or a live cluster, with the options that say which, and the settings that commands
 * share with the webhook. A mistake is told with the option and the place that it is in.
 */
@NullMarked
package dev.flowguard.cli.input;

import org.jspecify.annotations.NullMarked;
