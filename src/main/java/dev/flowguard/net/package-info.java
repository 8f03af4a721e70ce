/**
 * Addresses, address blocks, ports and protocols as plain values. Everything is parsed strictly, the way the Kubernetes API
 * server does it, never through the JDK's resolver, which would look names up.
 */
@NullMarked
package dev.flowguard.net;

import org.jspecify.annotations.NullMarked;
