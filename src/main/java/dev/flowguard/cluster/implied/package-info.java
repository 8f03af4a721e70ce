/**
 * What a cluster's objects show to be needed though nobody declares it (DESIGN 10). {@link dev.flowguard.cluster.implied.Implication}
 * is what one object tells; {@link dev.flowguard.cluster.implied.ImpliedFlows} puts those of a whole cluster together into
 * contracts, which are bound and judged like any other. Each kind of flow has a class of its own.
 */
@NullMarked
package dev.flowguard.cluster.implied;

import org.jspecify.annotations.NullMarked;
