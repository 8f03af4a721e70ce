/**
 * A small language for clusters in tests. {@link dev.flowguard.testing.Given} names the things that a cluster is made of,
 * {@link dev.flowguard.testing.TestCluster} puts them together through the model that production uses, and
 * {@link dev.flowguard.testing.FlowguardAssertions} asks the questions that an owner of a cluster would ask. Label selectors are
 * written as for kubectl, objects as {@code namespace/name}, traffic as {@code 8080/TCP}.
 */
@NullMarked
package dev.flowguard.testing;

import org.jspecify.annotations.NullMarked;
