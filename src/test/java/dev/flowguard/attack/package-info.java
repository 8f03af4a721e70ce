/** What an adversary would try, on loopback and bounded: each attack beside its neighbours. A gate that a stranger can open is none. */
@NullMarked
package dev.flowguard.attack;

import org.jspecify.annotations.NullMarked;
