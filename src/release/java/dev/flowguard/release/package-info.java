/**
 * What {@code mvn package -Prelease} makes in {@code target/release} beside the program: archives, a container image as a tar, the
 * manifests of the default installation as one file, and checksums of all that. {@link dev.flowguard.release.Release} is where it starts.
 */
@NullMarked
package dev.flowguard.release;

import org.jspecify.annotations.NullMarked;
