/**
 * What the person who runs Flowguard can choose. {@link dev.flowguard.config.FlowguardConfig} is the one list of options, with
 * units and defaults; the converters beside it refuse a bad value at start, in words that
 * {@link dev.flowguard.cli.serve.StartFailure} puts behind the option's name. {@link dev.flowguard.config.BadInput} is how
 * every part of the program says that something it was given cannot be used.
 */
@NullMarked
package dev.flowguard.config;

import org.jspecify.annotations.NullMarked;
