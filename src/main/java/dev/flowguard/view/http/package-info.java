/**
 * The door of the page: an HTTP server of the JDK's own that listens on loopback and nowhere else. {@link PageServer} serves the
 * page's files and the JSON API; {@link Gate} decides who may ask; {@link PageToken} is what they must know.
 *
 * <p>Why the JDK's server and not the one of the webhook: it starts in milliseconds, needs neither Quarkus nor reflection, so that
 * it works in a native executable as it does on a JVM, and what it serves cannot become a route of the webhook by accident.
 */
@NullMarked
package dev.flowguard.view.http;

import org.jspecify.annotations.NullMarked;
