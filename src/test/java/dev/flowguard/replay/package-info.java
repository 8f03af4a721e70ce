/**
 * One release of a shop, delivered in the order of objects that each client uses: {@link dev.flowguard.replay.Clients}. What a client
 * does about a refusal is part of that: kubectl goes on, Helm stops, GitOps controllers come again.
 */
@NullMarked
package dev.flowguard.replay;

import org.jspecify.annotations.NullMarked;
